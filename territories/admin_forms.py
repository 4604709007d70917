"""What agents type in the admin."""

from django import forms

from territories.models import AgentTask


class AgentTaskForm(forms.ModelForm):
    """An agent says what came of a task, and ticks it."""

    is_done = forms.BooleanField(label="C’est fait", required=False)

    class Meta:
        model = AgentTask
        fields = ["outcome"]
