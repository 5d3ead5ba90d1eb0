"""Write the shipped model: `python export.py WEIGHTS BASE COSTS OUT [--fixture FILE]`.

OUT gets weights.safetensors (8-bit matrices, one scale a row; the costs of decode.py folded into the
biases; the tensors' digest in the header) and vocab.txt. FILE is a list of {"text": ...}: it gets, for
each text, what this network gives for it with the very weights that were written, for the tests of the
Rust reader. The training-only head is left out.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import torch

import data
import decode
from model import LAYERS

LINEAR = [*("layers.%d.%s" % (n, part) for n in range(LAYERS) for part in ("qkv", "out", "up", "down")),
          "link_word", "link_gate", "link_cue", "link_conv1", "link_conv2"]
PLAIN = ["position.weight", "case.weight", "quote.weight", "start.weight", "norm.weight", "norm.bias",
         *("layers.%d.%s.%s" % (n, part, kind) for n in range(LAYERS) for part in ("norm1", "norm2") for kind in ("weight", "bias")),
         "cue_head.weight", "cue_head.bias", "cue_chain.step", "link_distance.weight", "link_paragraph.weight",
         "link_head.weight", "link_head.bias", "link_chain.step"]


def quantise(matrix):
    """Signed bytes and a scale a row, so that the largest size of a row is 127."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-12).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale


def rounded(network, costs):
    """{name: array} to ship, and the network made to hold exactly what they say."""
    state = {name: tensor.float() for name, tensor in network.state_dict().items()}
    state["cue_head.bias"] += torch.tensor([0, costs["cue"], 0])
    state["link_head.bias"] += torch.tensor([0, 0, costs["source"], costs["content"], 0, 0])
    shipped = {}
    for name in ["word", *LINEAR]:
        weight = state[name + ".weight"]
        # A convolution becomes a matrix over its steps side by side.
        flat = weight.permute(0, 2, 1).reshape(len(weight), -1) if weight.dim() == 3 else weight
        values, scale = quantise(flat.numpy())
        back = torch.from_numpy(values * scale[:, None])
        if weight.dim() == 3:
            back = back.reshape(len(weight), weight.shape[2], weight.shape[1]).permute(0, 2, 1)
        state[name + ".weight"] = back.contiguous()
        if name != "word":
            bias = state[name + ".bias"].numpy().copy()
            if name.endswith("qkv"):  # queries come scaled
                third = len(bias) // 3
                scale[:third] *= np.float32(32 ** -0.5)
                bias[:third] *= np.float32(32 ** -0.5)
            shipped[name + ".bias"] = bias
        shipped[name + ".weight"], shipped[name + ".scale"] = values, scale
    for name in PLAIN:
        shipped[name] = state[name].numpy().astype(np.float32)
    shipped["position.weight"] = shipped["position.weight"][:data.MAX_PIECES + 2]
    for name in ("cue_chain.step", "link_chain.step"):
        shipped[name] = shipped[name].copy()
        shipped[name][0, 0] = 0
    network.load_state_dict(state)
    return shipped


def write_safetensors(path, arrays, metadata):
    header, blob = {}, bytearray()
    for name in sorted(arrays, key=lambda n: (arrays[n].dtype == np.int8, n)):  # floats first: they stay aligned
        raw = np.ascontiguousarray(arrays[name]).tobytes()
        kind = {"int8": "I8", "float32": "F32"}[arrays[name].dtype.name]
        header[name] = {"dtype": kind, "shape": list(arrays[name].shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    metadata = {**metadata, "data_sha256": hashlib.sha256(blob).hexdigest()}
    head = json.dumps({"__metadata__": metadata, **header}, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as out:
        out.write(len(head).to_bytes(8, "little") + head + blob)
    return metadata["data_sha256"]


def fill_fixture(path, reader):
    """Pieces, cue scores of the first window, and attributions, all offsets in bytes."""
    with open(path, encoding="utf-8") as handle:
        cases = json.load(handle)
    for case in cases:
        text = case["text"]
        at = np.cumsum([0] + [len(c.encode()) for c in text]).tolist()
        tokens, windows = reader.score(text)
        case["sentences"] = [[at[tokens.offsets[a][0]], at[tokens.offsets[b - 1][1]]] for a, b in tokens.sentences]
        case["pieces"] = [[i, at[a], at[b]] for i, (a, b) in zip(tokens.ids, tokens.offsets)]
        case["cue_scores"] = [round(float(x), 3) for x in windows[0][-1][:, 0]] if windows else []
        case["attributions"] = [
            {role: [[at[a], at[b]] for a, b in one[role]] for role in data.ROLES} | {"score": one["score"]}
            for one in reader.read((tokens, windows), decode.COSTS)]
    with open(path, "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("base")
    parser.add_argument("costs")
    parser.add_argument("out")
    parser.add_argument("--fixture")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.base, "vocab.txt"), "rb") as handle:
        vocabulary = handle.read()
    with open(os.path.join(args.out, "vocab.txt"), "wb") as out:
        out.write(vocabulary)
    network = decode.load_network(args.weights)
    with open(args.costs) as handle:
        costs = json.load(handle)
    arrays = rounded(network, costs)
    digest = write_safetensors(os.path.join(args.out, "weights.safetensors"), arrays, {
        "format": "onrecord-attribution-1", "vocab_sha256": hashlib.sha256(vocabulary).hexdigest(),
        "costs": json.dumps(costs)})
    print("data_sha256", digest)
    if args.fixture:
        fill_fixture(args.fixture, decode.Reader(network, data.load_tokenizer(os.path.join(args.base, "vocab.txt"))))


if __name__ == "__main__":
    main()
