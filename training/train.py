"""Train the attribution model: `python train.py CORPUS BASE OUT`.

CORPUS is a directory in the PolNeAR layout (text/, attributions/), BASE a folder with the base
encoder's model.safetensors and vocab.txt. OUT gets `last.pt` every 100 steps (run the same command
again to resume; the result is the same) and `final.pt` at the end. Nothing here decides thresholds: see decode.py.
"""
import argparse
import os
import random
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import data
from model import ACTS, COMMITMENTS, CONTENT, CUE, LEFT, OTHER, RIGHT, SOURCE, Network, load_base

CUE_WEIGHT, SIDE_WEIGHT, ACT_WEIGHT = 3.0, 10.0, 2.0
RAREST = 10.0  # the most that a row of a rare act counts against one of the commonest
SAVE_EVERY = 100  # steps
CAPITALS = 0.03  # share of training windows shown as if set in capitals, and as if all lower case
ACT_RATE = 1e-3
INIT_SEED = 1  # all seeds start from the same heads, so that their weights can be averaged (average.py)


class Example:
    """One article's pieces with, per annotator, each attribution as sorted piece numbers, and the
    numbers of its act and commitment where somebody labelled them."""

    def __init__(self, article, tokenizer, labels):
        self.tokens = data.Tokens(article.text, tokenizer)
        self.attributions = []
        held = data.held_acts(article.name)
        for annotation in article.annotations:
            rows = []
            for one in annotation:
                label = None if held else labels.get((article.name, one["event"], min(one["cue"])[0]))
                act = label and (ACTS.index(label[0]), COMMITMENTS.index(label[1]))
                rows.append({role: self.tokens.flags(one[role]) for role in data.ROLES} | {"act": act})
            self.attributions.append([row for row in rows if row["cue"] and row["content"]])

    def cut(self, rng):
        """Windows of this epoch: random first cut, no overlap, one annotator drawn by chance."""
        attributions = rng.choice(self.attributions)
        plan = data.windows(self.tokens.sentences, 0, rng.randint(48, data.MAX_PIECES))
        return [(self, a, b, attributions) for a, b, _, _ in plan]


def shake(first, last, length, rng):
    """The cue as a reader might have found it: one end moved by one piece."""
    first, last = rng.choice(((first - 1, last), (first + 1, last), (first, last - 1), (first, last + 1)))
    first = min(max(first, 1), length)
    return first, min(max(last, first), length)


def collate(batch, rng, shaken=0.0):
    """Tensors of a few windows; index 0 of a row is [CLS], the piece after the last is [SEP]. The
    share `shaken` of the cues is linked from where a reader might have put them, not where they are."""
    length = max(b - a for _, a, b, _ in batch) + 2
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros(3, len(batch), length, dtype=torch.long)
    paragraph = torch.full((len(batch), length), -1)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    cue_gold = torch.zeros(len(batch), length, dtype=torch.long)
    side = torch.zeros(len(batch), length, 6)
    cues, links, acts = [], [], []
    for row, (example, a, b, attributions) in enumerate(batch):
        tokens, n = example.tokens, b - a
        case = tokens.case[a:b]
        chance = rng.random()
        if chance < 2 * CAPITALS:
            case = [c and (data.CASE_UPPER if chance < CAPITALS else data.CASE_LOWER) for c in case]
        ids[row, :n + 2] = torch.tensor([data.CLS, *tokens.ids[a:b], data.SEP])
        for k, values in enumerate((case, tokens.quote[a:b], tokens.starts[a:b])):
            features[k, row, 1:n + 1] = torch.tensor(values)
        paragraph[row, 1:n + 1] = torch.tensor(tokens.paragraph[a:b])
        mask[row, :n + 2] = True
        for one in attributions:
            cue = sorted(i - a + 1 for i in one["cue"] if a <= i < b)
            for k, role in enumerate(("source", "content")):
                inside = [i for i in one[role] if a <= i < b]
                for i in inside:
                    side[row, i - a + 1, 3 * k] = 1
                    side[row, i - a + 1, 3 * k + 1] = max(side[row, i - a + 1, 3 * k + 1], i - 1 not in one[role])
                    side[row, i - a + 1, 3 * k + 2] = max(side[row, i - a + 1, 3 * k + 2], i + 1 not in one[role])
            if not cue or cue[-1] - cue[0] + 1 != len(cue):
                continue
            cue_gold[row, cue] = 1
            first, last = cue[0], cue[-1]
            if shaken and rng.random() < shaken:
                first, last = shake(first, last, n, rng)
            states = torch.zeros(LEFT + RIGHT, dtype=torch.long)
            for state, role in ((1, "source"), (2, "content")):
                for i in one[role]:
                    at = i - a + 1 - first + LEFT
                    if a <= i < b and 0 <= at < LEFT + RIGHT:
                        states[at] = state
            cues.append((row, first, last))
            links.append(states)
            if one["act"]:
                roles = torch.full((length,), OTHER)
                for number, role in ((SOURCE, "source"), (CONTENT, "content"), (CUE, "cue")):
                    roles[[i - a + 1 for i in one[role] if a <= i < b]] = number
                acts.append((row, roles, cue[0], cue[-1], *one["act"]))
    return ids, features, paragraph, mask, cue_gold, side, cues, links, acts


def rareness(examples, number, count):
    """What a row of each act (number 0) or commitment (1) counts: the root of how rare it is."""
    seen = torch.zeros(count)
    for one in (one for example in examples for one in example.attributions[0] if one["act"]):
        seen[one["act"][number]] += 1
    return (seen.max() / seen.clamp(min=1)).sqrt().clamp(1, RAREST)


def act_loss(network, h, mask, acts, weights):
    rows, roles, first, last, act, commitment = zip(*acts)
    rows, column = list(rows), lambda values: torch.tensor(values)
    found, surely = network.acts(h[rows].float(), mask[rows], torch.stack(roles), column(first), column(last))
    return (F.cross_entropy(found, column(act), weights[0], label_smoothing=0.02)
            + 0.5 * F.cross_entropy(surely, column(commitment), weights[1]))


def losses(network, batch, weights):
    ids, features, paragraph, mask, cue_gold, side, cues, links, acts = batch
    with torch.autocast("cpu", torch.bfloat16):
        h = network.encode(ids, features, mask)
        cue_scores, side_scores = network.cue_head(h), network.side_head(h)
        linked = network.link(h, mask, paragraph, torch.tensor(cues)) if cues else None
    real = mask & (paragraph >= 0)
    cue = network.cue_chain.loss(cue_scores, real, cue_gold).sum() / max(len(cues), 1)
    sides = F.binary_cross_entropy_with_logits(side_scores.float()[real], side[real])
    link = torch.zeros(())
    if linked is not None:
        scores, valid = linked
        gold = torch.stack(links) * valid
        link = network.link_chain.loss(scores, valid, gold).mean()
    act = act_loss(network, h, mask, acts, weights) if acts else torch.zeros(())
    return cue, link, sides, act


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("base")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=6, help="windows a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shaken", type=float, default=0.0, help="share of cues linked from a place one piece off")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--labels", nargs="*", default=[], help="tables of acts (tools/eval/truth)")
    parser.add_argument("--start", help="weights to go on from, instead of BASE's")
    parser.add_argument("--limit", type=int, default=0, help="only so many articles, to try things out")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(INIT_SEED)
    tokenizer = data.load_tokenizer(os.path.join(args.base, "vocab.txt"))
    rest, _ = data.split_fold(data.read_corpus(args.corpus))
    labels = data.read_labels(args.labels)
    examples = [Example(article, tokenizer, labels) for article in rest[:args.limit or None]]
    weights = rareness(examples, 0, len(ACTS)), rareness(examples, 1, len(COMMITMENTS))
    network = Network()
    if args.start:
        network.load_state_dict({**network.state_dict(), **torch.load(args.start)})
    else:
        load_base(network, load_file(os.path.join(args.base, "model.safetensors")))
    steps = sum(len(e.cut(random.Random(n))) for n, e in enumerate(examples)) * args.epochs // args.batch + args.epochs
    optimizer = torch.optim.AdamW([{"params": network.encoder_parameters(), "lr": args.encoder_rate},
                                   {"params": network.head_parameters(), "lr": args.head_rate},
                                   {"params": network.acts.parameters(), "lr": ACT_RATE}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.0, (steps - s) / (0.94 * steps))))
    step, last = 0, os.path.join(args.out, "last.pt")
    if os.path.exists(last):
        state = torch.load(last)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        step = state["step"]
    network.train()
    began, cpu, sums, seen = time.time(), time.process_time(), None, 0
    print("%d articles, about %d steps, from step %d" % (len(examples), steps, step), flush=True)
    for epoch in range(args.epochs):
        rng = random.Random(1000 * args.seed + epoch)
        cuts = [window for example in examples for window in example.cut(rng)]
        rng.shuffle(cuts)
        for at in range(0, len(cuts), args.batch):
            seen += 1
            if seen <= step:  # done before the run was resumed
                continue
            torch.manual_seed(1000000 * args.seed + step)
            batch = collate(cuts[at:at + args.batch], random.Random(1000000 * args.seed + step), args.shaken)
            parts = losses(network, batch, weights)
            loss = CUE_WEIGHT * parts[0] + parts[1] + SIDE_WEIGHT * parts[2] + ACT_WEIGHT * parts[3]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            parts = [float(part.detach()) for part in parts]
            sums = [0.98 * s + 0.02 * p for s, p in zip(sums or parts, parts)]
            if step % 25 == 0:
                print("epoch %d step %d cue %.3f link %.3f side %.4f act %.3f  %.0f s, %.0f CPU-s" % (
                    epoch + 1, step, *sums, time.time() - began, time.process_time() - cpu), flush=True)
            if step % SAVE_EVERY == 0:
                torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(),
                            "schedule": schedule.state_dict(), "step": step}, last + ".part")
                os.replace(last + ".part", last)
    torch.save(network.state_dict(), os.path.join(args.out, "final.pt"))


if __name__ == "__main__":
    main()
