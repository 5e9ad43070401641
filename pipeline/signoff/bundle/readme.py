"""What stands in a bundle for a person who opens it without this program."""

README = """\
This archive holds what the PDF around it was made from, as its readers may see it, and nothing else.

  docs/          the documents, in Markdown; what is withheld from the readers of the PDF is withheld here too
  schemas/       which fields the artifacts in them have, as JSON Schemas
  settings.json  the settings by which they were read, where these are not the usual ones
  history.json   the versions of the document so far
  past.json      how things stood before, where the document looks back
  approvals.json where artifacts stood by their approvals when it was issued, where the document tells it
  bundle.json    the SHA-256 of each of these files, and the templates, fonts and programs that made the PDF

The SHA-256 of the archive stands in the metadata of the PDF (paraph:sources). `paraph verify FILE --rebuild` makes the
PDF again from the archive and compares the two byte by byte.

--

Cette archive contient ce dont le PDF qui l'entoure a été fait, tel que ses lecteurs peuvent le voir, et rien d'autre :
les documents en Markdown (docs/), la structure de leurs champs (schemas/), les réglages, les versions du document et,
dans bundle.json, l'empreinte SHA-256 de chaque fichier. L'empreinte de l'archive figure dans les métadonnées du PDF.

--

Dit archief bevat waarvan de pdf eromheen gemaakt is, zoals de lezers ervan het mogen zien, en niets anders: de
documenten in Markdown (docs/), de structuur van hun velden (schemas/), de instellingen, de versies van het document
en, in bundle.json, de SHA-256 van elk bestand. De SHA-256 van het archief staat in de metagegevens van de pdf.
"""
