"""Models: real ONNX files that compute, files that are none, and tensors that do not fit."""

from __future__ import annotations

import asyncio
import struct
import sys
from pathlib import Path
from typing import Any

import pytest
from models import INT64, LEANT_ON, leaning_on, model
from supporting import failure

import taropy
from taropy.phone import NativeError

onnxruntime = pytest.importorskip("onnxruntime", reason="the extra inference is not installed")


def tensor(*values: float, shape: list[int] | None = None) -> dict[str, Any]:
    return {"type": "float32", "shape": shape or [1, len(values)], "data": struct.pack(f"<{len(values)}f", *values)}


def values(told: Any) -> tuple[float, ...]:
    return struct.unpack(f"<{len(told.data) // 4}f", told.data)


async def ran(session: Any, inputs: Any) -> str:
    """The errMsg of a native run that fails."""
    with pytest.raises(NativeError) as caught:
        await session.run(inputs)
    return str(caught.value.errMsg)


@pytest.fixture
def put(weapp: Any) -> Any:
    """Puts a file where the program has its own, and gives its path."""

    def put(data: bytes, name: str = "model.onnx") -> str:
        path = f"{weapp.env.USER_DATA_PATH}/{name}"
        weapp.getFileSystemManager().writeFileSync(path, data)
        return path

    return put


def test_a_model_really_computes(weapp: Any, put: Any) -> None:
    session = weapp.createInferenceSession(model=put(model("Add", ["a", "b"])))
    told = session.run({"a": tensor(1, 2, 3), "b": tensor(10, 20, 30.5)}).result()
    assert (values(told.y), told.y.shape, told.y.type) == ((11, 22, 33.5), [1, 3], "float32")


def test_the_same_model_takes_other_sizes_again(weapp: Any, put: Any) -> None:
    session = weapp.createInferenceSession(model=put(model("Relu", ["x"])), typicalShape={"x": [1, 3]})
    assert values(session.run({"x": tensor(-1, 1)}).result().y) == (0, 1)
    told = session.run({"x": tensor(-1, -2, 3, 4, shape=[2, 2])}).result()
    assert (values(told.y), told.y.shape) == ((0, 0, 3, 4), [2, 2])


def test_who_listens_is_told_that_it_has_loaded(weapp: Any, put: Any) -> None:
    path = put(model("Relu", ["x"]))

    async def main() -> list[str]:
        session = weapp.createInferenceSession(model=path)
        told: list[str] = []
        session.onLoad(lambda *_: told.append("loaded"))
        session.onError(lambda error: told.append(error.errMsg))
        early = await session.run({"x": tensor(1)}).catch(lambda error: error.errMsg)
        await weapp.phone.clock.advance(0)
        return [early, *told]

    assert taropy.run(main) == ["run:fail the model has not loaded yet: run it when onLoad has told so", "loaded"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"no model at all", "model.onnx", "the model can't be loaded"),
        (b"", "model.onnx", "the model can't be loaded"),
        (model("NoSuchOperator", ["x"]), "model.onnx", "NoSuchOperator"),
        (model("Relu", ["x"]), "model.bin", "is no .onnx file"),
    ],
    ids=["other bytes", "nothing", "an unknown operator", "another suffix"],
)
def test_what_is_no_model_is_told_by_the_event_and_by_run(
    weapp: Any, put: Any, data: bytes, name: str, words: str
) -> None:
    path = put(data, name)

    async def main() -> list[str]:
        session = weapp.createInferenceSession(model=path)
        told: list[str] = []
        session.onError(lambda error: told.append(error.errMsg))
        await weapp.phone.clock.advance(0)
        told.append(await session.run({"x": tensor(1)}).catch(lambda error: error.errMsg))
        return told

    told, by_run = taropy.run(main)
    assert told.startswith("createInferenceSession:fail")
    assert by_run.startswith("run:fail")
    assert words in told
    assert words in by_run


@pytest.mark.parametrize("location", ["number.bin", "{folder}/number.bin", "../number.bin"])
def test_a_model_reads_no_files_of_the_computer(
    weapp: Any, put: Any, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "number.bin").write_bytes(struct.pack(f"<{LEANT_ON}f", *[42] * LEANT_ON))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path if location == "number.bin" else tmp_path / "here")
    session = weapp.createInferenceSession(model=put(leaning_on(location.format(folder=tmp_path))))
    assert "the model can't be loaded" in failure(session.run({"x": tensor(*[1.0] * LEANT_ON)}))


def test_a_model_that_is_not_there(weapp: Any) -> None:
    assert "no such file" in failure(weapp.createInferenceSession(model="models/none.onnx").run({"x": tensor(1)}))


def test_a_model_lies_in_the_package_too(weapp: Any, tmp_path: Any) -> None:
    (tmp_path / "relu.onnx").write_bytes(model("Relu", ["x"]))
    weapp.phone.files.set_package(tmp_path)
    assert values(weapp.createInferenceSession(model="relu.onnx").run({"x": tensor(-5)}).result().y) == (0,)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, "the input a is missing"),
        ({"a": tensor(1), "b": tensor(1), "c": tensor(1)}, "the input c is none of the model's, which are a, b"),
        ({"a": tensor(1, 2), "b": {**tensor(1), "shape": [1, 2]}}, "parameter.b.data has 4 bytes"),
        ({"a": tensor(1), "b": {**tensor(1), "type": "int64"}}, "parameter.b.type should be one of uint8"),
        ({"a": tensor(1), "b": {**tensor(1), "shape": [-1]}}, "negative length"),
        ({"a": tensor(1), "b": {**tensor(1), "type": "int32"}}, "the model can't be run"),
        ({"a": tensor(1, 2), "b": tensor(1, 2, 3)}, "the model can't be run"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(weapp: Any, put: Any, inputs: dict[str, Any], words: str) -> None:
    path = put(model("Add", ["a", "b"]))
    session = weapp.phone.native("weapp").createInferenceSession({"model": path})
    told = asyncio.run(ran(session, inputs))
    assert told.startswith("run:fail")
    assert words in told


def test_an_output_that_programs_have_no_type_for_is_said_to_be_one(weapp: Any, put: Any) -> None:
    session = weapp.createInferenceSession(model=put(model("ArgMax", ["x"], kind=INT64)))
    assert "the output y is int64" in failure(session.run({"x": tensor(1, 3)}))


def test_a_session_that_was_destroyed_computes_no_more(weapp: Any, put: Any) -> None:
    session = weapp.createInferenceSession(model=put(model("Relu", ["x"])))
    session.run({"x": tensor(1)}).result()
    session.destroy()
    assert failure(session.run({"x": tensor(1)})) == "run:fail the session was destroyed"


@pytest.mark.parametrize("options", [{"precisionLevel": 5}, {"model": 3}, {"typicalShape": []}])
def test_wrong_options_are_refused_at_once(weapp: Any, options: dict[str, Any]) -> None:
    with pytest.raises(taropy.TaroError, match="parameter error"):
        weapp.createInferenceSession({"model": "a.onnx", **options})


def test_a_usual_shape_is_that_of_an_input(weapp: Any, put: Any) -> None:
    session = weapp.createInferenceSession(model=put(model("Relu", ["x"])), typicalShape={"z": [1]})
    assert "typicalShape has z" in failure(session.run({"x": tensor(1)}))


def test_the_engine_tells_its_version(weapp: Any) -> None:
    told: list[str] = []
    weapp.getInferenceEnvInfo(success=lambda res: told.append(res.ver))
    assert told == [onnxruntime.__version__]


def test_without_the_extra_it_is_said_what_to_install(weapp: Any, put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = weapp.createInferenceSession(model=put(model("Relu", ["x"])))
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "pip install 'taropy[inference]'" in failure(session.run({"x": tensor(1)}))
