"""The dossier of an artifact, made of the last commit and written whole or not at all."""

from pipeline.history.repository import repository_of, resolve
from pipeline.outputs.made import Made
from pipeline.outputs.version import clean_commit
from pipeline.run import Loaded
from pipeline.settings import Project
from pipeline.signoff.dossier.asked import Asked
from pipeline.signoff.dossier.compose import compose
from pipeline.whole import write_whole


def make_dossier(
    project: Project, loaded: Loaded, identity: str, audience: str, day: str, out: str = ""
) -> Made:
    """Write the dossier of an artifact for an audience, by default below the folder of outputs.

    Raises CouldNotRun: files that are not those of the commit, an artifact that is not there or may not be seen.
    """
    clean_commit(project)
    repository = repository_of(project.folder)
    commit = resolve(repository, "HEAD")
    asked = Asked(project, repository, loaded.programme, loaded.source, audience, commit, day)
    data, number = compose(asked, identity)
    path = out or project.path(project.settings.output, "dossiers", f"{identity}-dossier.zip")
    write_whole(path, data)
    return Made(path, f"{number} files for {audience} readers")
