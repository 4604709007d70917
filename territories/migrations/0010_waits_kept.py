"""What Regions had chosen for applications and reports goes where every wait is now."""

from django.db import migrations

USUAL = {"application": (3, 7, 8, 10), "report": (3, 10, 10, None)}


def keep(apps, schema_editor):
    Region, RegionWait = apps.get_model("territories", "Region"), apps.get_model("territories", "RegionWait")
    for region in Region.objects.all():
        chosen = {
            "application": (
                region.answer_first_reminder_days,
                region.answer_second_reminder_days,
                region.answer_agent_days,
                region.answer_days,
            ),
            "report": (region.report_reminder_days, region.report_agent_days, region.report_agent_days, None),
        }
        for name, (first, second, agent, end) in chosen.items():
            if chosen[name] != USUAL[name]:
                RegionWait.objects.create(
                    region=region,
                    name=name,
                    first_reminder=first,
                    second_reminder=second,
                    agent=agent,
                    end=end,
                )


class Migration(migrations.Migration):
    dependencies = [("territories", "0009_region_waits")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
