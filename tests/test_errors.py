"""Errors say where, what and what to do, wherever they were raised."""

import pickle

import pytest

from servanda.errors import InputError, MissingWeights


@pytest.mark.parametrize("error", [InputError("here", "is wrong", "mend it"), MissingWeights("here", OSError("x"))])
def test_an_error_of_another_process_arrives_whole(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert (again.place, again.remedy) == (error.place, error.remedy)
