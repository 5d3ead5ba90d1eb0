"""Write the sentence encoder: `python sentences.py BASE ATTRIBUTION OUT [--fixture FILE]`.

BASE is the folder of all-MiniLM-L6-v2, used as it is: nothing is trained here. ATTRIBUTION is the folder of the attribution
model, whose word table (frozen in training, so BASE's own) is shared: OUT gets weights.safetensors with everything else, 8-bit
matrices, one scale a row. FILE gets sentences with the cosines that BASE gives in floats, for the tests of the Rust reader.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import torch
from safetensors.torch import load_file

import data
from export import quantise, write_safetensors
from model import LAYERS

SENTENCES = [
    "The harbour master denied that the port had been closed.",
    "No closure of the port took place, the harbour master's office said.",
    "Port closed, says harbour master.",
    "At least 84 drones were shot down over the Orsel valley on Thursday night.",
    "Air defences destroyed more than eighty unmanned aircraft.",
    "The central bank left its main rate where it was.",
    "Rates unchanged",
    "A spokeswoman would neither confirm nor deny that the two leaders had spoken by telephone.",
]


def arrays(state):
    """{name: array} to ship, by the names of the network of model.py."""
    shipped = {}

    def linear(name, weight, bias, queries=False):
        values, scale = quantise(weight.numpy())
        bias = bias.numpy().astype(np.float32).copy()
        if queries:  # queries come scaled
            third = len(bias) // 3
            scale[:third] *= np.float32(32 ** -0.5)
            bias[:third] *= np.float32(32 ** -0.5)
        shipped.update({name + ".weight": values, name + ".scale": scale, name + ".bias": bias})

    def norm(name, source):
        for kind in ("weight", "bias"):
            shipped[f"{name}.{kind}"] = state[f"{source}.{kind}"].numpy().astype(np.float32)

    for number in range(LAYERS):
        own, base = f"layers.{number}", f"encoder.layer.{number}"
        three = [f"{base}.attention.self.{part}" for part in ("query", "key", "value")]
        linear(own + ".qkv", torch.cat([state[p + ".weight"] for p in three]), torch.cat([state[p + ".bias"] for p in three]), True)
        for part, source in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            linear(f"{own}.{part}", state[f"{base}.{source}.weight"], state[f"{base}.{source}.bias"])
        norm(own + ".norm1", base + ".attention.output.LayerNorm")
        norm(own + ".norm2", base + ".output.LayerNorm")
    norm("norm", "embeddings.LayerNorm")
    position = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    shipped["position.weight"] = position[:data.MAX_PIECES + 2].numpy().astype(np.float32)
    for name, rows in (("case", 5), ("quote", 4), ("start", 2)):  # features that this network does not know
        shipped[name + ".weight"] = np.zeros((rows, 384), np.float32)
    return shipped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("attribution")
    parser.add_argument("out")
    parser.add_argument("--fixture")
    args = parser.parse_args()
    state = load_file(os.path.join(args.base, "model.safetensors"))
    shared = load_file(os.path.join(args.attribution, "weights.safetensors"))
    words, scale = quantise(state["embeddings.word_embeddings.weight"].numpy())
    assert (shared["word.weight"].numpy() == words).all() and np.allclose(shared["word.scale"].numpy(), scale), "another word table"
    with open(os.path.join(args.attribution, "vocab.txt"), "rb") as handle:
        vocabulary = hashlib.sha256(handle.read()).hexdigest()
    os.makedirs(args.out, exist_ok=True)
    digest = write_safetensors(os.path.join(args.out, "weights.safetensors"), arrays(state), {
        "format": "onrecord-sentences-1", "vocab_sha256": vocabulary, "words_sha256": hashlib.sha256(words.tobytes()).hexdigest()})
    print("data_sha256", digest)
    if args.fixture:
        from sentence_transformers import SentenceTransformer
        vectors = SentenceTransformer(args.base, device="cpu").encode(SENTENCES, normalize_embeddings=True)
        with open(args.fixture, "w", encoding="utf-8") as out:
            json.dump({"sentences": SENTENCES, "cosines": (vectors @ vectors.T).round(4).tolist()}, out, indent=1)
            out.write("\n")


if __name__ == "__main__":
    main()
