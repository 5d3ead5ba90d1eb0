"""Average the weights of several runs that began from the same heads: `python average.py OUT WEIGHTS...`."""
import sys

import torch


def main():
    out, *paths = sys.argv[1:]
    states = [torch.load(path, map_location="cpu") for path in paths]
    torch.save({name: sum(state[name] for state in states) / len(states) for name in states[0]}, out)


if __name__ == "__main__":
    main()
