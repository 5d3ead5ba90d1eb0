"""Read texts with a trained network, and choose what its decisions cost.

`python decode.py read WEIGHTS BASE CORPUS PREDICTIONS [--costs JSON]` writes predictions for every article of a corpus
folder; `python decode.py choose WEIGHTS BASE CORPUS COSTS --scorer FILE` tries costs on the fold of
CORPUS that training never saw and writes the best. WEIGHTS is final.pt or last.pt of train.py.
The Rust reader repeats what `Reader` does (`crates/annotate/src/model`: mod.rs, decode.rs, assemble.rs).
"""
import argparse
import importlib.util
import json
import os

import numpy as np
import torch

import data
from model import CUE, LEFT, RIGHT, Network

COSTS = {"cue": 0.0, "source": 0.0, "content": 0.0}  # what entering a role adds to its score
OPEN, GLUED, SHUT = range(3)
STRAY = {",", ";", ":", "—", "–", "-"}


def best_path(scores, step, places):
    """Viterbi through a chain; scores [T, 3 * roles] as in model.Chain."""
    roles = scores.shape[1] // 3
    stay, enter, leave = np.zeros((3, len(scores), roles + 1))
    stay[:, 1:], enter[:, 1:], leave[:, 1:] = scores[:, :roles], scores[:, roles:2 * roles], scores[:, 2 * roles:]
    change = 1 - np.eye(roles + 1)
    step = step.copy()
    step[0, 0] = 0
    total = np.where(np.arange(roles + 1) > 0, -1e9, 0.0)
    before = np.zeros(roles + 1)
    came = []
    for t, place in enumerate(places):
        moves = total[:, None] + change * (before[:, None] + enter[t]) + (step if t else 0)
        if place == GLUED and t:
            moves = moves - 1e9 * change
        if place == SHUT:
            moves[:, 1:] = -1e9
        came.append(moves.argmax(0))
        total, before = moves.max(0) + stay[t], leave[t]
    state = int((total + before).argmax())
    path = []
    for choice in reversed(came):
        path.append(state)
        state = int(choice[state])
    return path[::-1]


def runs(path, state):
    found = []
    for at in (i for i, s in enumerate(path) if s == state):
        if found and found[-1][1] + 1 == at:
            found[-1][1] = at
        else:
            found.append([at, at])
    return found


class Reader:
    def __init__(self, network, tokenizer):
        self.network, self.tokenizer = network.eval(), tokenizer

    def score(self, text):
        """The network's view of a text, before costs: a list of windows' tensors."""
        tokens = data.Tokens(text, self.tokenizer)
        plan = data.reading_windows(tokens.ids, tokens.starts, tokens.sentences)
        return tokens, [(a, b, own_a, own_b, *self._encode(tokens, a, b)) for a, b, own_a, own_b in plan]

    @torch.no_grad()
    def _encode(self, tokens, a, b):
        ids = torch.tensor([[data.CLS, *tokens.ids[a:b], data.SEP]])
        features = torch.zeros(3, 1, b - a + 2, dtype=torch.long)
        for k, values in enumerate((tokens.case, tokens.quote, tokens.starts)):
            features[k, 0, 1:-1] = torch.tensor(values[a:b])
        mask = torch.ones_like(ids, dtype=torch.bool)
        paragraph = torch.tensor([[-1, *tokens.paragraph[a:b], -1]])
        h = self.network.encode(ids, features, mask)
        return h, mask, paragraph, self.network.cue_head(h)[0].numpy().astype(float)

    @torch.no_grad()
    def _link(self, h, mask, paragraph, cue, memory):
        if cue not in memory:
            scores, _ = self.network.link(h, mask, paragraph, torch.tensor([(0, *cue)]))
            memory[cue] = scores[0].numpy().astype(float)
        return memory[cue]

    @torch.no_grad()
    def judge(self, h, mask, roles):
        """What the head for acts believes, given what each row of a window is in an attribution."""
        roles = torch.tensor([roles])
        cue = (roles[0] == CUE).nonzero().flatten()
        found = self.network.acts(h, mask, roles, cue[:1], cue[-1:])
        return [[round(float(p), 3) for p in scores[0].softmax(-1)] for scores in found]

    def read(self, scored, costs, memories=None):
        """Attributions in code points, under these costs. `memories` keeps linker scores between calls."""
        tokens, windows = scored
        steps = [chain.step.detach().numpy().astype(float) for chain in (self.network.cue_chain, self.network.link_chain)]
        found = []
        for number, (a, b, own_a, own_b, h, mask, paragraph, cue_scores) in enumerate(windows):
            places = [SHUT, *(GLUED if tokens.glued[i] else OPEN for i in range(a, b)), SHUT]
            cue_scores = cue_scores + np.array([0, costs["cue"], 0])
            for first, last in runs(best_path(cue_scores, steps[0], places), 1):
                if not own_a <= a + first - 1 < own_b:
                    continue
                memory = {} if memories is None else memories.setdefault(number, {})
                scores = self._link(h, mask, paragraph, (first, last), memory)
                lo, hi = max(0, first - LEFT), min(b - a + 2, first + RIGHT)
                scores = scores[lo - first + LEFT:hi - first + LEFT] + np.array([0, 0, costs["source"], costs["content"], 0, 0])
                states = [0] * lo + best_path(scores, steps[1], places[lo:hi]) + [0] * (b - a + 2 - hi)
                odds = (cue_scores[first:last + 1, 0].sum() + cue_scores[first, 1] + cue_scores[last, 2]
                        + steps[0][0, 1] + steps[0][1, 0] + (last - first) * steps[0][1, 1])
                one = assemble(tokens, a, (first - 1, last - 1), states[1:-1])
                if one:
                    one["score"] = round(1 / (1 + float(np.exp(-odds))), 3)
                    found.append(one)
        return found


def assemble(tokens, a, cue, states):
    """One attribution from decided pieces: whole quotation marks, no stray ends, one source."""
    pieces = [tokens.text[x:y] for x, y in tokens.offsets[a:a + len(states)]]
    quotes = tokens.quote[a:a + len(states)]

    def trim(run):
        while run[0] <= run[1] and pieces[run[0]] in STRAY:
            run[0] += 1
        while run[0] <= run[1] and pieces[run[1]] in STRAY:
            run[1] -= 1
        return run[0] <= run[1]

    content = runs(states, 2)
    for run in content:
        inside = quotes[run[0]:run[1] + 1]
        more = inside.count(data.QUOTE_OPENS) - inside.count(data.QUOTE_CLOSES)
        after, before = run[1] + 1, run[0] - 1
        if more > 0 and after < len(states) and quotes[after] == data.QUOTE_CLOSES and states[after] == 0:
            run[1] = after
        elif more < 0 and before >= 0 and quotes[before] == data.QUOTE_OPENS and states[before] == 0:
            run[0] = before
    content = [run for run in content if trim(run)]
    source = sorted(runs(states, 1), key=lambda run: max(run[0] - cue[1], cue[0] - run[1]))[:1]
    spans = lambda found: [[tokens.offsets[a + x][0], tokens.offsets[a + y][1]] for x, y in found]
    return {"source": spans(source), "cue": spans([cue]), "content": spans(content)} if content else None


def load_network(path):
    state = torch.load(path, map_location="cpu")
    network = Network()
    network.load_state_dict(state.get("network", state))
    return network


def choose(reader, fold, scorer):
    """Costs with the best mean of relaxed and exact F1 on the fold, one coordinate at a time."""
    gold = {one.name: (scorer.Document(one.name, one.text), one.annotations[0]) for one in fold}
    scored = {one.name: reader.score(one.text) for one in fold}
    memories = {one.name: {} for one in fold}
    seen = {}

    def value(costs):
        key = tuple(costs.values())
        if key not in seen:
            table = scorer.evaluate(gold, {n: reader.read(s, costs, memories[n]) for n, s in scored.items()})
            table = table["tables"]["aligned"]["attribution"]
            seen[key] = (table["relaxed"]["F1"] + table["exact"]["F1"]) / 2
            print(costs, "relaxed %.2f exact %.2f" % (table["relaxed"]["F1"], table["exact"]["F1"]), flush=True)
        return seen[key]

    costs = dict(COSTS)
    for grid in ((-1.0, -0.5, 0.0, 0.5, 1.0, 1.5), (-0.25, 0.0, 0.25)):
        for role in costs:
            base = costs[role] if len(grid) == 3 else 0.0
            costs = max(({**costs, role: base + move} for move in grid), key=value)
    return costs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("read", "choose"))
    parser.add_argument("weights")
    parser.add_argument("base")
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--costs", help="file of costs that `choose` wrote")
    parser.add_argument("--scorer", help="score_attributions.py")
    parser.add_argument("--fold", action="store_true", help="read the fold only")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    reader = Reader(load_network(args.weights), data.load_tokenizer(os.path.join(args.base, "vocab.txt")))
    articles = data.read_corpus(args.corpus)
    if args.task == "choose" or args.fold:
        articles = data.split_fold(articles)[1]
    if args.task == "choose":
        spec = importlib.util.spec_from_file_location("scorer", args.scorer)
        scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(scorer)
        with open(args.out, "w") as out:
            json.dump(choose(reader, articles, scorer), out)
        return
    costs = json.load(open(args.costs)) if args.costs else COSTS
    with open(args.out, "w", encoding="utf-8") as out:
        for article in articles:
            found = reader.read(reader.score(article.text), costs)
            out.write(json.dumps({"doc": article.name, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
