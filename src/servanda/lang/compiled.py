"""Functions over arrays, compiled to machine code at the first start and kept on the disk for the next.

No sum is reordered and no product fused with one (numba's default), so that every machine and every batch gives the
same bits. What is kept is told by the file of the function that was called: after a change of one that it calls in
another file, remove the `.nbi` beside it.
"""

import logging
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils, event
from numba.core.caching import FunctionCache
from numba.extending import intrinsic

P = ParamSpec("P")
R = TypeVar("R")

LANES = 16  # numbers added at once
WORDS = 4  # rows multiplied at once, for which the weights are read but once


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The same function in machine code. It divides by zero as processors do: a loop with checks goes in no lanes."""
    made = njit(error_model="numpy")(function)
    with suppress(RuntimeError):  # nowhere to keep it: no folder can be written to
        made._cache = _Kept(function)
    return cast("Callable[P, R]", made)


class _Kept(FunctionCache):  # type: ignore[misc]
    """What is kept on the disk. Files that are cut short or damaged are emptied, and the function compiled anew."""

    def load_overload(self, signature: Any, context: Any) -> Any:
        try:
            return super().load_overload(signature, context)
        except Exception:  # numba reads what it finds as it stands: any exception may come of it
            with suppress(OSError):  # of a folder that is only read, the damaged files stay
                self.flush()
            return None

    def save_overload(self, signature: Any, made: Any) -> None:
        with suppress(Exception):  # compiled it is; that it cannot be kept costs the next start
            super().save_overload(signature, made)


class _Herald(event.Listener):  # type: ignore[misc]
    """Says once that the start takes long, and why."""

    said = False

    def on_start(self, told: Any) -> None:
        if not self.said and told.data["dispatcher"].py_func.__module__.startswith(f"{__package__}."):
            self.said = True
            said = "compiling the language, some ten seconds; kept for the next start where its folder can be written"
            logging.getLogger("servanda").warning(f"servanda: {said}")

    def on_end(self, told: Any) -> None:
        pass


event.register("numba:compile", _Herald())


@intrinsic  # type: ignore[untyped-decorator]
def add_rows(_: Any, columns: Any, start: Any, count: Any, places: Any, values: Any, weight: Any, total: Any) -> Any:
    """total[start:] += values[i] * weight[places[i], start:] for each i below `count` in turn, over `columns`.

    `columns` is a number written out, of whole `LANES`: the sums stay in registers, which no compiler does of itself.
    """
    if not isinstance(columns, types.IntegerLiteral):
        return None
    parts = range(0, columns.literal_value, LANES)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector, long = ir.VectorType(ir.FloatType(), LANES), ir.IntType(64)
        nothing, nowhere = ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
        which, factors, rows, sums = (
            context.make_array(signature.args[i])(context, builder, args[i]) for i in range(3, 7)
        )

        def place(array: Any, offset: Any) -> Any:
            return builder.bitcast(builder.gep(array.data, [offset]), vector.as_pointer())

        ends = [place(sums, builder.add(args[1], long(part))) for part in parts]
        kept = [cgutils.alloca_once_value(builder, builder.load(end, align=4)) for end in ends]
        with cgutils.for_range(builder, args[2]) as loop:
            factor = builder.load(builder.gep(factors.data, [loop.index]))
            factor = builder.insert_element(nothing, factor, ir.IntType(32)(0))
            factor = builder.shuffle_vector(factor, nothing, nowhere)
            row = builder.sext(builder.load(builder.gep(which.data, [loop.index])), long)
            row = builder.add(builder.mul(row, builder.extract_value(rows.shape, 1)), args[1])
            for part, one in zip(parts, kept, strict=True):
                product = builder.fmul(factor, builder.load(place(rows, builder.add(row, long(part))), align=4))
                builder.store(builder.fadd(builder.load(one), product), one)
        for end, one in zip(ends, kept, strict=True):
            builder.store(builder.load(one), end, align=4)
        return context.get_dummy_value()

    return types.void(columns, types.intp, types.intp, places, values, weight, total), generate


@intrinsic  # type: ignore[untyped-decorator]
def power_of_two(_: Any, exponent: Any) -> Any:
    """2.0 ** exponent (int32, from -126) as float32, put together from its bits."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        short = ir.IntType(32)
        return builder.bitcast(builder.shl(builder.add(args[0], short(127)), short(23)), ir.FloatType())

    return types.float32(types.int32), generate


@intrinsic  # type: ignore[untyped-decorator]
def product(_: Any, lanes: Any, left: Any, right: Any) -> Any:
    """The product of two vectors, in so many sums side by side (a number written out), added up from the first."""
    if not isinstance(lanes, types.IntegerLiteral):
        return None
    count = lanes.literal_value

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector, long = ir.VectorType(ir.FloatType(), count), ir.IntType(64)
        arrays = [context.make_array(signature.args[i])(context, builder, args[i]) for i in (1, 2)]
        size, total = builder.extract_value(arrays[0].shape, 0), ir.Constant(ir.FloatType(), 0)
        sums = cgutils.alloca_once_value(builder, ir.Constant(vector, [0] * count))
        with cgutils.for_range_slice(builder, long(0), size, long(count)) as (at, _):
            places = [builder.bitcast(builder.gep(a.data, [at]), vector.as_pointer()) for a in arrays]
            some = builder.fmul(*(builder.load(place, align=4) for place in places))
            builder.store(builder.fadd(builder.load(sums), some), sums)
        for lane in range(count):
            total = builder.fadd(total, builder.extract_element(builder.load(sums), ir.IntType(32)(lane)))
        return total

    return types.float32(lanes, left, right), generate


@intrinsic  # type: ignore[untyped-decorator]
def add_products(_: Any, columns: Any, start: Any, factors: Any, weight: Any, total: Any) -> Any:
    """total[:, start:] += factors @ weight over `columns` (as in `add_rows`), for `WORDS` rows; each sum takes
    its products in their order.
    """
    if not isinstance(columns, types.IntegerLiteral):
        return None
    parts = range(0, columns.literal_value, LANES)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector, long = ir.VectorType(ir.FloatType(), LANES), ir.IntType(64)
        nothing, nowhere = ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
        given, rows, sums = (context.make_array(signature.args[i])(context, builder, args[i]) for i in range(2, 5))
        size, width = (builder.extract_value(rows.shape, i) for i in range(2))
        wide = builder.extract_value(sums.shape, 1)

        def place(array: Any, offset: Any) -> Any:
            return builder.bitcast(builder.gep(array.data, [offset]), vector.as_pointer())

        ends = [
            [
                place(sums, builder.add(builder.add(args[1], builder.mul(wide, long(word))), long(part)))
                for part in parts
            ]
            for word in range(WORDS)
        ]
        kept = [[cgutils.alloca_once_value(builder, builder.load(end, align=4)) for end in row] for row in ends]
        with cgutils.for_range(builder, size) as loop:
            row = builder.mul(loop.index, width)
            loaded = [builder.load(place(rows, builder.add(row, long(part))), align=4) for part in parts]
            for word in range(WORDS):
                factor = builder.load(builder.gep(given.data, [builder.add(loop.index, builder.mul(size, long(word)))]))
                factor = builder.insert_element(nothing, factor, ir.IntType(32)(0))
                factor = builder.shuffle_vector(factor, nothing, nowhere)
                for one, weights in zip(kept[word], loaded, strict=True):
                    builder.store(builder.fadd(builder.load(one), builder.fmul(factor, weights)), one)
        for row, some in zip(ends, kept, strict=True):
            for end, one in zip(row, some, strict=True):
                builder.store(builder.load(one), end, align=4)
        return context.get_dummy_value()

    return types.void(columns, types.intp, factors, weight, total), generate


def make_room(*shape: int) -> Any:
    """Zeros that begin where a line of the processor's memory does: no `LANES` of them lie in two lines."""
    size = math.prod(shape)
    room = np.zeros(size + LANES, np.float32)
    start = -room.ctypes.data // room.itemsize % LANES
    return room[start : start + size].reshape(shape)


def align(values: Any) -> Any:
    """The same numbers in single precision, laid as in `make_room`."""
    values = np.asarray(values)
    room = make_room(*values.shape)
    room[...] = values
    return room


@compiled
def multiply(factors: Any, panels: Any, total: Any) -> None:
    """total = factors @ weight, for `WORDS` rows; the weight cut into `cut_panels`."""
    for k in range(WORDS):
        for j in range(total.shape[1]):
            total[k, j] = 0
    for k in range(len(panels)):
        add_products(64, k * 64, factors, panels[k], total)


def cut_panels(weight: Any) -> Any:
    """A matrix (in x out) as panels of 64 columns, each of them in one piece."""
    return align(weight.reshape(len(weight), -1, 64).transpose(1, 0, 2))
