"""The stream of « formation » elements of a LHÉO 2.3 file: one in memory at a time."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from trainings.catalogue.files import Counted
from trainings.catalogue.refusals import FileRefused

NAMESPACE = "http://lheo.gouv.fr/2.3"
SPACE = f"{{{NAMESPACE}}}"


def formations(file: Counted) -> Iterator[Element]:
    """Each training of the file, freed once the next is asked for."""
    container: Element | None = None
    root: Element | None = None
    seen = 0
    for event, element in _events(file):
        if root is None:
            root = element
            _check_root(element.tag)
        elif event == "start" and element.tag == f"{SPACE}offres":
            container = element
        elif event == "end" and element.tag == f"{SPACE}formation" and container is not None:
            seen += 1
            yield element
            container.clear()
            file.row_done()
    if not seen:
        raise FileRefused("Ce catalogue ne contient aucune formation.")


def _events(file: Counted) -> Iterator[tuple[str, Any]]:
    try:
        # No document type at all: without it no entity can be declared, nor fetched.
        yield from iterparse(file, ("start", "end"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused(
            "Ce fichier déclare un type de document ou des entités (DOCTYPE) : un catalogue n’en a "
            "pas besoin, et elles peuvent nuire."
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise FileRefused(f"Le XML est coupé ou mal formé : {error}. Le fichier est-il entier ?") from error


def _check_root(tag: str) -> None:
    space, _, name = tag.rpartition("}")
    space = space.removeprefix("{")
    if name != "lheo":
        raise FileRefused(f"Ce XML commence par « {name[:60]} » : ce n’est pas un catalogue LHÉO.")
    if space != NAMESPACE:
        written = f"l’espace de noms « {space[:80]} »" if space else "aucun espace de noms"
        raise FileRefused(
            f"Ce catalogue LHÉO porte {written} : seule la version 2.3 est lue (« {NAMESPACE} »). "
            "Demandez au Carif-Oref un export LHÉO 2.3."
        )


def text(element: Element | None, path: str) -> str:
    """The text at `path` (`periode/debut`), or nothing. Elements inside it lose their tags."""
    found = one(element, path)
    return "".join(found.itertext()).strip() if found is not None else ""


def texts(element: Element | None, path: str) -> list[str]:
    found = [] if element is None else element.findall(_spaced(path))
    return ["".join(each.itertext()).strip() for each in found]


def all_of(element: Element, path: str) -> list[Element]:
    return element.findall(_spaced(path))


def one(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(_spaced(path))


def _spaced(path: str) -> str:
    return "/".join(f"{SPACE}{step}" for step in path.split("/"))
