/*
 * The sample sites: the trees that the documents show, nothing lost when they
 * are written again, and iniparser reading the same keys and values.
 */
#include "store/sitefile.h"

#include "base/conf.h"
#include "base/file.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * In tree order, each in front of what it holds: P:, C:, L: and D: are the
 * containers, nothing for a group that hangs directly. A leading 172.16.1. or
 * 127.0. of an address is left out, a communication address of .255 as well.
 */
static const struct {
	const char *name, *tree;
} samples[] = {
	{ "mixed-1", "電源グループ1["
	  "C:制御グループ1[C:SERVER1 .11]"
	  "L:連動グループ1[L:SERVER2 .12]"
	  "L:連動グループ2[P:UPS1 .100 L:SERVER3 .13]]" },
	{ "mixed-2", "電源グループ1["
	  "C:制御グループ1[C:SERVER1 .11]"
	  "C:制御グループ2[C:SERVER2 .12]"
	  "L:連動グループ1[L:SERVER3 .13]"
	  "L:連動グループ2[P:UPS1 .100 L:SERVER4 .14]]" },
	{ "mixed-3", "電源グループ1["
	  "C:制御グループ1[C:SERVER1 .11]"
	  "L:連動グループ1["
	  "L:連動グループ2[L:SERVER2 .12]"
	  "L:連動グループ3[L:SERVER3 .13]"
	  "D:UPS1 .100]]" },
	{ "mixed-4", "電源グループ1["
	  "C:制御グループ1[C:SERVER1 .11]"
	  "L:連動グループ1[L:SERVER2 .12]"
	  "L:連動グループ2[L:SERVER3 .13]"
	  "D:UPS1 .100]" },
	{ "mixed-5", "電源グループ1["
	  "C:制御グループ1[C:SERVER1 .11]"
	  "C:制御グループ2[C:SERVER2 .12]"
	  "L:連動グループ1[L:SERVER3 .13]"
	  "L:連動グループ2[L:SERVER4 .14]"
	  "D:UPS1 .100]" },
	{ "mixed-6", "電源グループ1["
	  "C:制御グループ1[P:UPS1 .100 C:SERVER1 .11]"
	  "C:制御グループ2[P:UPS2 .101 C:SERVER2 .12]"
	  "L:連動グループ1[L:SERVER3 .13]]" },
	{ "mixed-7", "電源グループ1["
	  "C:制御グループ1[P:UPS1 .100 C:SERVER1 .11]"
	  "C:制御グループ2[P:UPS2 .101 C:SERVER2 .12]"
	  "L:連動グループ1[P:UPS3 .102 L:SERVER3 .13]"
	  "L:連動グループ2[L:SERVER4 .14]]" },
	{ "mixed-8", "電源グループ1["
	  "C:制御グループ1[P:UPS1 .100 C:SERVER1 .11]"
	  "C:制御グループ2[C:SERVER2 .12]"
	  "L:連動グループ1[L:SERVER3 .13]]" },
	{ "mixed-9", "電源グループ1["
	  "C:制御グループ1[P:UPS1 .100 C:SERVER1 .11]"
	  "C:制御グループ2[C:SERVER2 .12]"
	  "L:連動グループ1[L:SERVER3 .13]"
	  "L:連動グループ2[P:UPS2 .101 L:SERVER4 .14]]" },
	{ "management-terminal",
	  "電源制御1[P:UPS1 .7 C:SERVER2 .117]"
	  "電源制御2[D:UPS2 .12 "
	  "CLUSTER1[P:UPS3 .13 L:CLUS1 .20]"
	  "CLUSTER2[P:UPS4 .14 L:CLUS2 .21]"
	  "CLUSTER3[P:UPS5 .15 L:CLUS3 .22]"
	  "CLUSTER4[P:UPS6 .16 L:CLUS4 .23]]" },
	{ "no-management-terminal", "Cluster1["
	  "C:SEIGYO1[P:UPS1 .1 C:SEIGYO-SV1 .117]"
	  "C:SEIGYO2[P:UPS2 .2 C:SEIGYO-SV2 .118]"
	  "C:SEIGYO3[P:UPS3 .3 C:SEIGYO-SV3 .119]"
	  "D:UPS4 .4 "
	  "RENDOU1[P:UPS5 .5 L:RENDOU-SV1 .120]"
	  "RENDOU2[P:UPS6 .6 L:RENDOU-SV2 .121]]" },
	{ "ssc-cluster", "SSC[C:SSC_Cluster["
	  "C:SSC_SEIGYO_1[P:UPS1 .101 C:SSC-CL-SV1 .46]"
	  "C:SSC_SEIGYO_2[P:UPS2 .102 C:SSC-CL-SV2 .47]"
	  "D:UPS3 .103]"
	  "共有ディスク_連動用[D:UPS4 .104 "
	  "Bladeサーバ[P:UPS5 .105 L:BLADE1 .61 L:BLADE2 .62]"
	  "100サーバ[P:UPS6 .106 L:EXP1 .71 L:EXP2 .72]]]" },
	{ "demo", "SSC[C:SSC_Cluster["
	  "C:SSC_SEIGYO_1[P:UPS1 50.1 C:SSC-CL-SV1 51.1]"
	  "C:SSC_SEIGYO_2[P:UPS2 50.2 C:SSC-CL-SV2 51.2]"
	  "D:UPS3 50.3]"
	  "共有ディスク_連動用[D:UPS4 50.4 "
	  "Bladeサーバ[P:UPS5 50.5 L:BLADE1 51.3 L:BLADE2 51.4]"
	  "100サーバ[P:UPS6 50.6 L:EXP1 51.5 L:EXP2 51.6]]]" },
};
#define SAMPLES (sizeof samples / sizeof *samples)

static char *sample_path(const char *name)
{
	const char *top = getenv("top_srcdir");
	struct text path = { 0 };

	text_printf(&path, "%s/data/samples/%s.ini", top ? top : ".", name);
	return text_take(&path);
}

static struct sitefile *read_sample(const char *name)
{
	struct findings faults = { 0 };
	struct err e = { .text = "" };
	char *path = sample_path(name);
	struct sitefile *f = sitefile_read(path, &faults, &e);

	if (!f || faults.n)
		fail_msg("%s: %s", path, f ? faults.list[0].message : e.text);
	findings_done(&faults);
	free(path);
	return f;
}

static void put_address(struct text *out, const char *address)
{
	static const char *const usual[] = { "172.16.1.", "127.0." };
	size_t i, len;

	for (i = 0; i < 2; i++) {
		len = strlen(usual[i]);
		if (strncmp(address, usual[i], len) == 0) {
			text_printf(out, " %s%s ", i ? "" : ".", address + len);
			return;
		}
	}
	text_printf(out, " %s ", address);
}

static void put_node(struct text *out, const struct node *n)
{
	static const char *const letters[] = { "P:", "C:", "L:", "D:", "" };
	const struct group *g = node_group(n);
	const struct node *child;
	enum container c;

	text_printf(out, "%s%s", letters[n->container], node_name(n));
	if (!g) {
		put_address(out, n->kind == KIND_UPS ? node_ups(n)->address :
		    node_terminal(n)->address);
		return;
	}
	assert_non_null(strstr(g->set->communication_address, ".255"));
	text_add(out, "[");
	for (c = 0; c < IN_COUNT; c++)
		for (child = node_first(n, c); child; child = child->next)
			put_node(out, child);
	if (out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
	text_add(out, "]");
}

static void the_trees_are_those_of_the_documents(void **state)
{
	struct text out = { 0 };
	struct sitefile *f;
	const struct node *n;
	size_t i;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		f = read_sample(samples[i].name);
		n = &site_network(sitefile_site(f))->node;
		for (n = node_first(n, IN_ITSELF); n; n = n->next)
			put_node(&out, n);
		assert_string_equal(out.s, samples[i].tree);
		text_done(&out);
		sitefile_free(f);
	}
}

/* So a list shows the sections as they stand in the file. */
static void sections_and_numbers_follow_the_tree(void **state)
{
	unsigned last[KIND_COUNT];
	const struct node *n, *top;
	struct sitefile *f;
	size_t i;
	long line;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		f = read_sample(samples[i].name);
		n = top = &site_network(sitefile_site(f))->node;
		memset(last, 0, sizeof last);
		for (line = 0; n; n = node_next(n, top)) {
			assert_true(sitefile_line(f, n->id, NULL) > line);
			line = sitefile_line(f, n->id, NULL);
			if (n != top)
				assert_int_equal(site_id_number(n->id),
				    ++last[n->kind]);
		}
		sitefile_free(f);
	}
}

static void written_again_they_are_the_same(void **state)
{
	struct sitefile *f;
	struct err e;
	char *path, *bytes, *again;
	size_t i, len, len_again;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		path = sample_path(samples[i].name);
		bytes = file_read(path, SITEFILE_MAX, &len, &e);
		f = read_sample(samples[i].name);
		again = sitefile_print(f, &len_again, &e);
		assert_non_null(again);
		assert_int_equal(len_again, len);
		assert_memory_equal(again, bytes, len);
		sitefile_free(f);
		free(again);
		free(bytes);
		free(path);
	}
}

static void iniparser_agrees(void **state)
{
	char buf[24], number[16];
	const struct node *n, *top;
	const struct field *field;
	const char *section, *theirs;
	struct sitefile *f;
	struct conf *conf;
	struct err e;
	char *path;
	size_t i;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		path = sample_path(samples[i].name);
		conf = conf_read(path, &e);
		assert_non_null(conf);
		f = read_sample(samples[i].name);
		n = top = &site_network(sitefile_site(f))->node;
		for (; n; n = node_next(n, top)) {
			section = site_section(n->id, buf);
			for (field = record_fields(n->kind); field->key; field++) {
				if (field->type == FIELD_PARENT)
					continue;
				theirs = conf_get(conf, section, field->key);
				if (!theirs != !node_gives(n, field))
					fail_msg("%s: [%s] %s", path, section,
					    field->key);
				if (theirs)
					assert_string_equal(theirs,
					    field_text(field, n, number));
			}
		}
		sitefile_free(f);
		conf_free(conf);
		free(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_trees_are_those_of_the_documents),
		cmocka_unit_test(sections_and_numbers_follow_the_tree),
		cmocka_unit_test(written_again_they_are_the_same),
		cmocka_unit_test(iniparser_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
