#!/bin/sh
# Every message of the programs, as a template on standard output: extract.sh SRCDIR
# Words in tables are marked N_(), those that are shown now _(); those of ui/ and
# data/profiles are named in ui.its. upssim speaks English only.
set -eu
cd "$1"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
options='--from-code=UTF-8 --sort-by-file --add-location=file --no-wrap
--package-name=amc --force-po'
find src -name '*.c' ! -path 'src/sim/*' ! -name upssim.c | LC_ALL=C sort |
	xargs xgettext $options --language=C --keyword --keyword=_ --keyword=N_ \
		--keyword=ngettext:1,2 --flag=ngettext:1:pass-c-format --flag=ngettext:2:pass-c-format \
		--flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
		--flag=err_set:2:c-format --flag=err_kind:3:c-format \
		--flag=err_at:2:c-format --flag=findings_add:6:c-format \
		--flag=mem_printf:1:c-format --flag=text_printf:2:c-format \
		--flag=server_refuse:3:c-format --flag=tui_say:3:c-format \
		--flag=report:4:c-format --flag=watching_tell:2:c-format \
		--output="$tmp/amc.pot"
xgettext $options --join-existing --its=po/ui.its --output="$tmp/amc.pot" ui/*.xml data/profiles/*.xml
cat "$tmp/amc.pot"
