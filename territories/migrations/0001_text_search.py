"""What French search needs from PostgreSQL, for every app above this one.

`public.fr` reads French without accents: « électriciennes » finds « Électricien ». Generated
columns and indexes name it with its schema, and use `public.immutable_unaccent` because
`unaccent` itself is only stable.
"""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

FR = """
CREATE TEXT SEARCH CONFIGURATION public.fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION public.fr
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.french_stem;
"""
NO_FR = "DROP TEXT SEARCH CONFIGURATION IF EXISTS public.fr;"

UNACCENT = """
CREATE OR REPLACE FUNCTION public.immutable_unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$;
"""
NO_UNACCENT = "DROP FUNCTION IF EXISTS public.immutable_unaccent(text);"


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FR, NO_FR),
        migrations.RunSQL(UNACCENT, NO_UNACCENT),
    ]
