/*
 * embed-tree - an XML file as the numbers of its tree (xml-tree.h), to be built in:
 * embed-tree FILE. Used when the programs are built, by embed.sh.
 */
#include "base/xml-tree.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_MOST = 1 << 20 };

static bool print(const char *path, const char *bytes, size_t len)
{
	struct err e = { .text = "" };
	struct xml *x = xml_parse(path, bytes, len, &e);
	const int32_t *words;

	if (!x) {
		fprintf(stderr, "embed-tree: %s\n", e.text);
		return false;
	}
	words = x->tree;
	for (size_t i = 0; i < x->tree_len / sizeof *words; i++)
		printf("%d,%s", words[i], i % 8 == 7 ? "\n" : "");
	xml_free(x);
	return true;
}

int main(int argc, char **argv)
{
	char *bytes = mem_zero(FILE_MOST, 1);
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	size_t len = f ? fread(bytes, 1, FILE_MOST, f) : 0;
	bool ok = f && len < FILE_MOST && !ferror(f);

	if (!ok)
		fprintf(stderr, "embed-tree: a file of less than %d bytes is needed\n", FILE_MOST);
	ok = ok && print(argv[1], bytes, len);
	if (f)
		fclose(f);
	free(bytes);
	return !ok;
}
