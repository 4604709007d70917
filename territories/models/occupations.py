from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q


class OccupationFamily(models.Model):
    """One of the fourteen great domains of the ROME, A to N."""

    letter = models.CharField("lettre", max_length=1, primary_key=True)
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=120, unique=True)

    class Meta:
        verbose_name = "famille de métiers"
        verbose_name_plural = "familles de métiers"
        ordering = ["letter"]

    def __str__(self) -> str:
        return self.name


class OccupationQuerySet(models.QuerySet["Occupation"]):
    def same_trade(self, occupation: "Occupation") -> Self:
        """`occupation` itself, and those that share its parent code where parents are known."""
        same = Q(pk=occupation.pk)
        if occupation.parent_code:
            same |= Q(parent_code=occupation.parent_code)
        return self.filter(same)

    def in_domain(self, occupation: "Occupation") -> Self:
        """The others of the same domain: the first three characters of the code."""
        return self.filter(code__startswith=occupation.domain).exclude(pk=occupation.pk)


class Occupation(models.Model):
    """A ROME 4.0 occupation (« métier »). Its code is the key, everywhere."""

    code = models.CharField("code ROME", max_length=5, primary_key=True)
    label = models.CharField("libellé officiel", max_length=200)
    title = models.CharField(
        "nom affiché", max_length=200, help_text="Aux deux genres : « Maçon / Maçonne »."
    )
    slug = models.SlugField("adresse", max_length=100)
    family = models.ForeignKey(
        OccupationFamily,
        on_delete=models.PROTECT,
        related_name="occupations",
        verbose_name="famille",
    )
    parent_code = models.CharField(
        "code parent",
        max_length=5,
        blank=True,
        db_index=True,
        help_text="Le code de la génération précédente : les métiers qui le partagent se valent.",
    )
    definition = models.TextField("définition", blank=True)
    search_words = models.TextField(  # Every title in both genders: `|macon|maconne|…|`.
        "mots de recherche", blank=True, editable=False
    )

    objects = OccupationQuerySet.as_manager()

    class Meta:
        verbose_name = "métier"
        verbose_name_plural = "métiers"
        ordering = ["title", "code"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page, promised in docs/addresses.md. A room above, which knows the immersions
        and the trainings, answers there.
        """
        return f"/metiers/{self.code}-{self.slug or 'metier'}/"

    @property
    def domain(self) -> str:
        return self.code[:3]

    @property
    def trade_code(self) -> str:
        """What two occupations of the same trade have in common."""
        return self.parent_code or self.code


class OccupationTitle(models.Model):
    """Another name of an occupation (« appellation »)."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="titles", verbose_name="métier"
    )
    label = models.CharField("appellation", max_length=250)
    search = models.CharField("sans accents", max_length=250, editable=False)

    class Meta:
        verbose_name = "appellation"
        verbose_name_plural = "appellations"
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                name="occupationtitle_is_unique",
                fields=["occupation", "label"],
                violation_error_message="Ce métier a déjà cette appellation.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class LexiconWord(models.Model):
    """A word of any title, once: what a typing error is compared with, in a fraction of a millisecond."""

    word = models.CharField(max_length=60, primary_key=True)

    class Meta:
        verbose_name = "mot du lexique"
        verbose_name_plural = "mots du lexique"
        indexes = [
            GinIndex(  # `fastupdate` saves on writing, and makes the planner avoid the index.
                OpClass("word", name="gin_trgm_ops"), name="lexiconword_trigrams", fastupdate=False
            )
        ]

    def __str__(self) -> str:
        return self.word


class OccupationWord(models.Model):
    """A word that leads to an occupation, in either gender."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="words")
    word = models.ForeignKey(LexiconWord, on_delete=models.CASCADE, related_name="occupations")
    is_main = models.BooleanField(default=False)  # From the title itself, not another name.

    class Meta:
        verbose_name = "mot d’un métier"
        verbose_name_plural = "mots des métiers"
        constraints = [
            models.UniqueConstraint(
                name="occupationword_is_unique",
                fields=["occupation", "word"],
                violation_error_message="Ce mot mène déjà à ce métier.",
            )
        ]

    def __str__(self) -> str:
        return self.word_id


class OccupationTask(models.Model):
    """What one does there, ready to be proposed to who writes an offer."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="tasks", verbose_name="métier"
    )
    text = models.CharField("tâche", max_length=150)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "tâche proposée"
        verbose_name_plural = "tâches proposées"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="occupationtask_is_unique",
                fields=["occupation", "text"],
                violation_error_message="Ce métier a déjà cette tâche.",
            )
        ]

    def __str__(self) -> str:
        return self.text
