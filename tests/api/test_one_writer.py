"""A SQLite file has one process, whichever data folders name it."""

import pytest

from api import __main__ as program
from domain.infra.settings import Settings


def test_two_data_folders_that_name_one_file_are_one_too_many(tmp_path):
    first = Settings(data_dir=tmp_path / "first")
    second = Settings(data_dir=tmp_path / "second", database_url=first.database)

    with program._alone(first):
        with pytest.raises(program.CannotStart) as refused, program._alone(second):
            pass
        with program._alone(Settings(data_dir=tmp_path / "third")):
            pass

    assert str(refused.value).startswith(f"another process uses {tmp_path / 'first'}: ")
    with program._alone(second):
        pass
