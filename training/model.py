"""The network: a BERT encoder with surface features, a cue layer and a linker, both linear-chain CRFs.

It knows tensors only; texts, windows and files are in data.py and train.py.
"""
import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
LINK = 192  # width of the linker
REACH = 64  # relative positions beyond this are one
LEFT, RIGHT = 96, 160  # the linker looks at pieces cue_start - LEFT .. cue_start + RIGHT
DILATION = (1, 4)  # of its two width-5 convolutions
FAR = -1e4


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).contiguous()
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.out(y.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + self.drop(y))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Chain(nn.Module):
    """A linear-chain CRF over states 0 (outside) and 1..roles, whose scores for being in, entering
    and leaving a role come from the input (columns: in..., enter..., leave...)."""

    def __init__(self, roles):
        super().__init__()
        self.roles = roles
        self.step = nn.Parameter(torch.zeros(roles + 1, roles + 1))

    def scores(self, x, valid):
        """(state scores [B,T,S], step scores [B,T-1,S,S]); positions that are not valid are outside."""
        x = x.float()
        stay, enter, leave = (F.pad(part, (1, 0)) for part in x.split(self.roles, -1))
        shut = torch.zeros_like(stay)
        shut[..., 1:] = FAR
        stay = torch.where(valid.unsqueeze(-1), stay, shut)
        state = stay.clone()
        state[:, 0] = state[:, 0] + enter[:, 0]
        state[:, -1] = state[:, -1] + leave[:, -1]
        change = 1 - torch.eye(self.roles + 1)
        free = torch.ones_like(self.step)
        free[0, 0] = 0
        step = (enter[:, 1:].unsqueeze(-2) + leave[:, :-1].unsqueeze(-1)) * change + self.step * free
        return state, step

    def loss(self, x, valid, gold):
        """Negative log likelihood of each sequence of states."""
        state, step = self.scores(x, valid)
        first, moves = state[:, 0], step + state[:, 1:].unsqueeze(-2)
        true = first.gather(1, gold[:, :1]).squeeze(1)
        pairs = moves.flatten(2).gather(2, (gold[:, :-1] * (self.roles + 1) + gold[:, 1:]).unsqueeze(-1))
        true = true + pairs.squeeze(-1).sum(1)
        while moves.shape[1] > 1:
            odd = moves[:, -1:] if moves.shape[1] % 2 else None
            a, b = moves[:, 0:moves.shape[1] - 1:2], moves[:, 1::2]
            moves = torch.logsumexp(a.unsqueeze(-1) + b.unsqueeze(-3), -2)
            if odd is not None:
                moves = torch.cat([moves, odd], 1)
        whole = torch.logsumexp(first.unsqueeze(-1) + moves[:, 0], (1, 2))
        return whole - true


ACTS = ("affirm", "deny", "partial-deny", "reject-premise", "decline", "no-reply", "non-denial", "does-not-know",
        "could-not-verify", "accept-responsibility", "deny-responsibility", "retract", "correct", "question", "condition")
COMMITMENTS = ("certain", "probable", "possible", "unknown")
ACT_INNER, ACT_HEADS, ACT_REACH = 128, 4, 32
OTHER, SOURCE, CUE, CONTENT = range(4)  # what a piece is in one attribution


class ActHead(nn.Module):
    """What a source does by one saying and how surely, from the vectors of its window and the role of each piece: each
    role's mean, and what the cue attends to. Not shipped: README.md says why."""

    def __init__(self):
        super().__init__()
        self.word = nn.Linear(WIDTH, ACT_INNER)
        self.role = nn.Embedding(4, ACT_INNER)
        self.distance = nn.Embedding(2 * ACT_REACH + 1, ACT_INNER)
        self.query = nn.Linear(ACT_INNER, ACT_INNER)
        self.inner = nn.Linear(4 * ACT_INNER, ACT_INNER)
        self.act = nn.Linear(ACT_INNER, len(ACTS))
        self.commitment = nn.Linear(ACT_INNER, len(COMMITMENTS))
        self.drop = nn.Dropout(0.3)
        for table in (self.role, self.distance):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, h, mask, roles, first, last):
        """h [B,T,WIDTH], mask [B,T], roles [B,T], the cue's first and last piece [B] -> (acts, commitments)."""
        at = torch.arange(h.shape[1])
        distance = torch.where(at < first[:, None], at - first[:, None], (at - last[:, None]).clamp(min=0))
        x = self.word(self.drop(h)) + self.role(roles) + self.distance(distance.clamp(-ACT_REACH, ACT_REACH) + ACT_REACH)
        x = F.relu(x) * mask.unsqueeze(-1)
        def mean(role):
            share = (roles == role).float() * mask
            return torch.bmm((share / share.sum(1, keepdim=True).clamp(min=1)).unsqueeze(1), x).squeeze(1)
        cue = mean(CUE)
        keys = x.view(*x.shape[:2], ACT_HEADS, ACT_INNER // ACT_HEADS)
        query = self.query(cue).view(-1, 1, ACT_HEADS, ACT_INNER // ACT_HEADS)
        weight = ((keys * query).sum(-1) * (ACT_INNER // ACT_HEADS) ** -0.5).masked_fill(~mask.unsqueeze(-1), -1e4).softmax(1)
        seen = (weight.unsqueeze(-1) * keys).sum(1).flatten(1)
        y = F.relu(self.inner(self.drop(torch.cat([cue, mean(SOURCE), mean(CONTENT), seen], 1))))
        return self.act(y), self.commitment(y)


class Network(nn.Module):
    def __init__(self, vocabulary=30522, dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.case = nn.Embedding(5, WIDTH)
        self.quote = nn.Embedding(4, WIDTH)
        self.start = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)
        self.cue_head = nn.Linear(WIDTH, 3)
        self.cue_chain = Chain(1)
        self.side_head = nn.Linear(WIDTH, 6)  # in/start/end of any source, of any content: training only
        self.link_word = nn.Linear(WIDTH, LINK)
        self.link_gate = nn.Linear(WIDTH, LINK)
        self.link_cue = nn.Linear(WIDTH, LINK)
        self.link_distance = nn.Embedding(2 * REACH + 1, LINK)
        self.link_paragraph = nn.Embedding(3, LINK)
        self.link_conv1 = nn.Conv1d(LINK, LINK, 5, padding=2 * DILATION[0], dilation=DILATION[0])
        self.link_conv2 = nn.Conv1d(LINK, LINK, 5, padding=2 * DILATION[1], dilation=DILATION[1])
        self.link_head = nn.Linear(LINK, 6)
        self.link_chain = Chain(2)
        self.acts = ActHead()
        for table in (self.case, self.quote, self.start, self.link_distance, self.link_paragraph):
            nn.init.normal_(table.weight, std=0.02)
        self.word.weight.requires_grad_(False)

    def encoder_parameters(self):
        return [*self.position.parameters(), *self.norm.parameters(), *self.layers.parameters()]

    def head_parameters(self):
        others = {id(p) for p in [*self.encoder_parameters(), *self.acts.parameters()]}
        return [p for p in self.parameters() if p.requires_grad and id(p) not in others]

    def encode(self, ids, features, mask):
        """ids [B,T], features [3,B,T] (case, quote, start), mask [B,T] -> vectors [B,T,WIDTH]."""
        x = self.word(ids) + self.position.weight[:ids.shape[1]]
        x = x + self.case(features[0]) + self.quote(features[1]) + self.start(features[2])
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x

    def link(self, h, mask, paragraph, cues):
        """Scores [C,LEFT+RIGHT,6] and validity [C,LEFT+RIGHT] for cues [C,3] = (row, first, last)
        around each cue's first piece."""
        row, first, last = cues.unbind(1)
        length = h.shape[1]
        at = torch.arange(length)
        inside = (at >= first[:, None]) & (at <= last[:, None])
        share = inside.float() / inside.sum(1, keepdim=True)
        cue = torch.bmm(share.unsqueeze(1), h[row].float()).squeeze(1)
        spot = first[:, None] + torch.arange(-LEFT, RIGHT)
        valid = (spot >= 0) & (spot < length)
        spot = spot.clamp(0, length - 1)
        valid &= mask[row[:, None], spot]
        distance = torch.where(spot < first[:, None], spot - first[:, None], (spot - last[:, None]).clamp(min=0))
        where = torch.sign(paragraph[row[:, None], spot] - paragraph[row, first][:, None]) + 1
        word, live = self.drop(self.link_word(h)), valid.unsqueeze(-1)
        x = word[row[:, None], spot] * self.link_gate(cue).unsqueeze(1) + self.link_cue(cue).unsqueeze(1)
        x = x + self.link_distance(distance.clamp(-REACH, REACH) + REACH) + self.link_paragraph(where)
        x = F.relu(x) * live
        x = (x + F.relu(self.link_conv1(x.transpose(1, 2)).transpose(1, 2))) * live
        x = x + F.relu(self.link_conv2(x.transpose(1, 2)).transpose(1, 2))
        return self.link_head(x), valid


def load_base(network, weights):
    """Put the weights of a BERT encoder (Hugging Face names) into the network."""
    def get(name):
        return weights[name].float()
    with torch.no_grad():
        network.word.weight.copy_(get("embeddings.word_embeddings.weight"))
        network.position.weight.copy_(get("embeddings.position_embeddings.weight")
                                      + get("embeddings.token_type_embeddings.weight")[0])
        network.norm.weight.copy_(get("embeddings.LayerNorm.weight"))
        network.norm.bias.copy_(get("embeddings.LayerNorm.bias"))
        for number, layer in enumerate(network.layers):
            base = "encoder.layer.%d." % number
            for kind in ("weight", "bias"):
                parts = [get(base + "attention.self.%s.%s" % (part, kind)) for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for mine, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                     ("up", "intermediate.dense"), ("down", "output.dense"),
                                     ("norm2", "output.LayerNorm")):
                    getattr(getattr(layer, mine), kind).copy_(get(base + theirs + "." + kind))
