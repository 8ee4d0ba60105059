/*
 * What an outage does, case by case: a site and what fails in it go in, every
 * step of every node and every verdict come out. The manual's two timelines are
 * among them.
 */
#include "model/depend.h"
#include "model/plan.h"
#include "store/sitefile.h"

#include "base/mem.h"
#include "base/text.h"

#include <glob.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void set(struct site *s, struct node *n, const char *key, const char *value)
{
	const struct field *f = field_find(record_fields(n->kind), key);
	struct err e = { .text = "" };

	if (!f || !site_set(s, n, f, value, &e))
		fail_msg("%s %s=%s: %s", node_name(n), key, value, e.text);
}

/* "(Key=Value,Key=Value)" */
static const char *settings(struct site *s, struct node *n, const char *at)
{
	char key[40], value[40];
	int len;

	if (*at != '(')
		return at;
	while (*at++ != ')') {
		if (sscanf(at, "%39[A-Za-z]=%39[^,)]%n", key, value, &len) != 2)
			fail_msg("%s", at);
		set(s, n, key, value);
		at += len;
	}
	return at;
}

static const char *const initials = "PCLD";

/*
 * A tree in one string, in tree order: P: and D: are UPSs, C: and L: terminals
 * of the group around them, NAME[...] a group, with C: or L: before it in that
 * container.
 */
static struct site *grow(const char *at)
{
	struct site *s = site_new();
	struct node *in = &site_network(s)->node, *n;
	struct err e = { .text = "" };
	enum container c;
	enum kind kind;
	const char *behind;
	char name[40];
	int len;

	at = settings(s, in, at);
	while (*at) {
		if (*at == ']' || *at == ' ') {
			in = *at++ == ']' ? in->parent : in;
			continue;
		}
		c = IN_ITSELF;
		if (at[1] == ':') {
			c = (enum container)(strchr(initials, *at) - initials);
			at += 2;
		}
		if (sscanf(at, "%39[A-Za-z0-9-]%n", name, &len) != 1)
			fail_msg("%s", at);
		at += len;
		behind = *at == '(' ? strchr(at, ')') + 1 : at;
		kind = c == IN_ITSELF || *behind == '[' ? KIND_GROUP :
		    c == IN_POWER || c == IN_DEVICES ? KIND_UPS : KIND_TERMINAL;
		n = site_add(s, in, c, kind, name, &e);
		if (!n)
			fail_msg("%s: %s", name, e.text);
		at = settings(s, n, at);
		if (*at == '[') {
			in = n;
			at++;
		}
	}
	return s;
}

static void fail_all(struct outage *o, const struct site *s, const char *names)
{
	char name[40];
	int len;

	for (; sscanf(names, " %39[^ ]%n", name, &len) == 1; names += len) {
		struct err e = { .text = "" };
		enum container c;
		struct node *n = site_lookup(s, name, &c, &e);

		if (!n)
			fail_msg("%s", e.text);
		outage_add(o, n, c);
	}
}

static struct plan *plan_of(const struct site *s, const char *fails, bool parallel,
    const struct battery *batteries, size_t n)
{
	struct outage o = { .parallel = parallel };
	struct plan *plan;

	fail_all(&o, s, fails);
	plan = plan_new(s, &o, batteries, n);
	outage_done(&o);
	return plan;
}

static const struct plan_node *named(const struct site *s, const struct plan *plan,
    const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_lookup(s, name, NULL, &e);

	if (!n)
		fail_msg("%s", e.text);
	return plan_find(plan, n->id);
}

static int latest(const struct site *s, const struct plan *plan, const char *name,
    enum plan_step step)
{
	const struct plan_node *n = named(s, plan, name);

	assert_true(plan_happens(n, step));
	return n->at[step].latest;
}

static void near(int got, int want)
{
	if (abs(got - want) > 2)
		fail_msg("%d s, where the manual has %d s", got, want);
}

#define CLUSTER "(ClusterSoftware=clusterpro,ClusterShutdown=yes,ClusterTimeoutSeconds=120)"

/*
 * Three cluster servers and their disk (N = 4) with a management terminal, as in
 * the manual's worked example of an outage of the disk (R34).
 */
static const char timeline_a[] = CLUSTER
	"main[P:UPS1(ConfirmSeconds=300) C:manager]"
	"disk[D:UPS2(ConfirmSeconds=30,GraceSeconds=300,LowBatterySeconds=120) "
	"c1[P:UPS3 L:clus1(ClusterMember=yes)]"
	"c2[P:UPS4 L:clus2(ClusterMember=yes)]"
	"c3[P:UPS5 L:clus3(ClusterMember=yes)]]";

static void manual_timeline_a(void **state)
{
	struct site *s = grow(timeline_a);
	struct plan *p = plan_of(s, "UPS2", false, NULL, 0);

	(void)state;
	near(latest(s, p, "UPS2", STEP_CONFIRMED), 38);
	near(latest(s, p, "clus1", STEP_SHUTDOWN_ORDERED), 38);
	near(latest(s, p, "clus1", STEP_CLUSTER_STOPPED), 158);
	near(latest(s, p, "clus3", STEP_OS_ORDERED), 218);
	near(latest(s, p, "UPS2", STEP_OFF_ORDERED), 226);
	near(latest(s, p, "UPS4", STEP_OFF_ORDERED), 226);
	near(latest(s, p, "UPS2", STEP_OFF), 526);
	near(latest(s, p, "UPS3", STEP_OFF), 764);
	near(latest(s, p, "UPS5", STEP_OFF), 764);
	near(p->control_seconds, 226);
	near(named(s, p, "UPS2")->required, 526);
	assert_int_equal(p->verdicts.n, 0);
	assert_int_equal(named(s, p, "manager")->fate, FATE_UNTOUCHED);
	plan_free(p);

	/* the same when mains are out everywhere: the disk is first */
	p = plan_of(s, "network", false, NULL, 0);
	near(latest(s, p, "clus2", STEP_CLUSTER_STOPPED), 158);
	near(latest(s, p, "clus2", STEP_OS_ORDERED), 218);
	near(latest(s, p, "UPS4", STEP_OFF_ORDERED), 226);
	near(latest(s, p, "UPS2", STEP_OFF), 526);
	near(p->control_seconds, 226);
	plan_free(p);
	site_free(s);
}

static void is_timeline_b(const struct site *s, const char *servers, const char *server)
{
	struct plan *p = plan_of(s, servers, false, NULL, 0);

	near(latest(s, p, "UPS3", STEP_CONFIRMED), 68);
	near(latest(s, p, server, STEP_CLUSTER_STOPPED), 188);
	near(latest(s, p, server, STEP_OS_ORDERED), 248);
	near(latest(s, p, "UPS3", STEP_OFF_ORDERED), 256);
	near(latest(s, p, "UPS4", STEP_OFF_ORDERED), 256);
	near(latest(s, p, "UPS3", STEP_OFF), 556);
	near(p->control_seconds, 256);
	/* the disk has its mains and is left alone */
	assert_false(plan_happens(named(s, p, "UPS2"), STEP_OFF_ORDERED));
	plan_free(p);
}

/* The same servers, whose own UPSs fail and nothing else (R35). */
static void manual_timeline_b(void **state)
{
	struct site *s = grow(timeline_a);

	(void)state;
	is_timeline_b(s, "UPS3 UPS4 UPS5", "clus3");
	site_free(s);
}

/* Four UPSs in all, as the setup assistant makes them: both once more. */
static void four_ups(void **state)
{
	struct site *s = grow(CLUSTER "main[P:UPS1 C:manager]"
	    "disk[D:UPS2(ConfirmSeconds=30) c1[P:UPS3 L:clus1(ClusterMember=yes)]"
	    "c2[P:UPS4 L:clus2(ClusterMember=yes)]]");
	struct plan *p = plan_of(s, "UPS2", false, NULL, 0);

	(void)state;
	near(latest(s, p, "clus1", STEP_OS_ORDERED), 218);
	near(latest(s, p, "UPS2", STEP_OFF_ORDERED), 226);
	near(latest(s, p, "UPS2", STEP_OFF), 526);
	near(latest(s, p, "UPS4", STEP_OFF), 764);
	plan_free(p);
	is_timeline_b(s, "UPS3 UPS4", "clus1");
	site_free(s);
}

/* The manual's own site has these times, and one server more than its example A. */
static void sample_site(void **state)
{
	const char *top = getenv("top_srcdir");
	char *path = mem_printf("%s/data/samples/management-terminal.ini", top ? top : ".");
	struct err e = { .text = "" };
	struct sitefile *f = sitefile_read(path, NULL, &e);
	const struct site *s;
	struct plan *p;

	(void)state;
	if (!f)
		fail_msg("%s", e.text);
	s = sitefile_site(f);
	is_timeline_b(s, "UPS3 UPS4 UPS5 UPS6", "CLUS1");
	p = plan_of(s, "UPS2", false, NULL, 0);
	near(latest(s, p, "CLUS1", STEP_CLUSTER_STOPPED), 158);
	near(latest(s, p, "CLUS1", STEP_OS_ORDERED), 218);
	near(latest(s, p, "UPS2", STEP_OFF_ORDERED), 228);
	near(latest(s, p, "UPS2", STEP_OFF), 528);
	near(latest(s, p, "UPS3", STEP_OFF), 768);
	plan_free(p);
	sitefile_free(f);
	free(path);
}

struct the_case {
	const char *words, *site, *fails;
	bool parallel;
	const char *batteries;		/* "UPS1=300 UPS2=-", "-": not known */
	const char *steps;		/* "NAME WORD A-B WORD A-B\n" of who has any */
	const char *fates;		/* "NAME FATE\n" of the others */
	const char *verdicts;
	int control;
};

static const struct the_case cases[] = {
	{ .words = "a server and its UPS", .site =
	  "g[P:U1(ConfirmSeconds=60,GraceSeconds=300) C:sv(ShutdownSeconds=90)]",
	  .fails = "U1", .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-130 output-off 360-430\n"
	  "sv shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-218\n",
	  .control = 130 },
	{ .words = "nothing fails", .site = "g[P:U1 C:sv]", .fails = "",
	  .fates = "U1 untouched\nsv untouched\n" },
	{ .words = "one of two power devices, one is enough", .site =
	  "g(RequiredUps=1)[P:U1 P:U2 C:sv]", .fails = "U1",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68\n",
	  .fates =
	  "U1 spared\n"
	  "U2 untouched\n"
	  "sv spared\n" },
	{ .words = "both of them: the second takes it down", .site =
	  "g(RequiredUps=1)[P:U1(ConfirmSeconds=60) P:U2(ConfirmSeconds=90) C:sv]",
	  .fails = "g",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 90-162 output-off 390-462\n"
	  "U2 power-failed 0-0 confirmed 90-98 output-off-ordered 90-162 output-off 390-462\n"
	  "sv shutdown-ordered 90-98 os-shutdown-ordered 90-158 os-down 90-218\n",
	  .control = 162 },
	{ .words = "two of three needed, two fail: the third goes off as well", .site =
	  "g(RequiredUps=2)[P:U1 P:U2(ConfirmSeconds=90) P:U3 C:sv]",
	  .fails = "U2 U3",
	  .steps =
	  "U1 output-off-ordered 90-164 output-off 630-704\n"
	  "U2 power-failed 0-0 confirmed 90-98 output-off-ordered 90-164 output-off 390-464\n"
	  "U3 power-failed 0-0 confirmed 60-68 output-off-ordered 90-164 output-off 390-464\n"
	  "sv shutdown-ordered 90-98 os-shutdown-ordered 90-158 os-down 90-218\n",
	  .control = 164 },
	{ .words = "more needed than there are: all", .site =
	  "g(RequiredUps=3)[P:U1 P:U2 C:sv]", .fails = "U2",
	  .steps =
	  "U1 output-off-ordered 60-132 output-off 600-672\n"
	  "U2 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "sv shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .control = 132 },
	{ .words = "redundant power devices, but the disk fails", .site =
	  "g(RequiredUps=1)[P:U1 P:U2 C:sv D:U3(ConfirmSeconds=30)]", .fails = "U3",
	  .steps =
	  "U1 output-off-ordered 30-104 output-off 570-644\n"
	  "U2 output-off-ordered 30-104 output-off 570-644\n"
	  "sv shutdown-ordered 30-38 os-shutdown-ordered 30-98 os-down 30-158\n"
	  "U3 power-failed 0-0 confirmed 30-38 output-off-ordered 30-104 output-off 330-404\n",
	  .control = 104 },
	{ .words = "a single member leaves the cluster", .site = CLUSTER
	  "m[C:manager] a[P:U1 L:n1(ClusterMember=yes)] b[P:U2 L:n2(ClusterMember=yes)]",
	  .fails = "U1",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-130 output-off 360-430\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .fates =
	  "manager untouched\n"
	  "U2 untouched\n"
	  "n2 untouched\n",
	  .control = 130 },
	{ .words = "a cluster that is not stopped on outage", .site =
	  "(ClusterSoftware=pacemaker,ClusterShutdown=no)m[C:manager]"
	  "a[P:U1 L:n1(ClusterMember=yes)]", .fails = "U1",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-130 output-off 360-430\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .fates =
	  "manager untouched\n",
	  .control = 130 },
	{ .words = "one after another, wave by wave", .site = "m[C:manager]"
	  "a[P:U1(ConfirmSeconds=10) P:U2(ConfirmSeconds=10) L:n1]"
	  "b[P:U3(ConfirmSeconds=11) L:n2]", .fails = "network",
	  .steps =
	  "U1 power-failed 0-0 confirmed 10-18 output-off-ordered 10-82 output-off 310-382\n"
	  "U2 power-failed 0-0 confirmed 10-18 output-off-ordered 10-82 output-off 310-382\n"
	  "n1 shutdown-ordered 10-18 os-shutdown-ordered 10-78 os-down 10-138\n"
	  "U3 power-failed 0-0 confirmed 11-19 output-off-ordered 11-84 output-off 311-384\n"
	  "n2 shutdown-ordered 11-19 os-shutdown-ordered 11-79 os-down 11-139\n",
	  .fates =
	  "manager untouched\n",
	  .control = 84 },
	{ .words = "all at once", .parallel = true, .site = "m[C:manager]"
	  "a[P:U1(ConfirmSeconds=10) P:U2(ConfirmSeconds=10) L:n1]"
	  "b[P:U3(ConfirmSeconds=11) L:n2]", .fails = "network",
	  .steps =
	  "U1 power-failed 0-0 confirmed 10-18 output-off-ordered 10-80 output-off 310-380\n"
	  "U2 power-failed 0-0 confirmed 10-18 output-off-ordered 10-80 output-off 310-380\n"
	  "n1 shutdown-ordered 10-18 os-shutdown-ordered 10-78 os-down 10-138\n"
	  "U3 power-failed 0-0 confirmed 11-19 output-off-ordered 11-81 output-off 311-381\n"
	  "n2 shutdown-ordered 11-19 os-shutdown-ordered 11-79 os-down 11-139\n",
	  .fates =
	  "manager untouched\n",
	  .control = 81 },
	{ .words = "a disk within the reach of a disk", .site = "m[C:manager]"
	  "o[D:U1(ConfirmSeconds=40) i[D:U2(ConfirmSeconds=20) "
	  "a[P:U3 L:n1] ] b[P:U4 L:n2] ]", .fails = "U1 U2",
	  .steps =
	  "U1 power-failed 0-0 confirmed 40-48 output-off-ordered 40-112 output-off 340-412\n"
	  "U2 power-failed 0-0 confirmed 20-28 output-off-ordered 20-92 output-off 320-392\n"
	  "U3 output-off-ordered 20-92 output-off 560-632\n"
	  "n1 shutdown-ordered 20-28 os-shutdown-ordered 20-88 os-down 20-148\n"
	  "U4 output-off-ordered 40-112 output-off 580-652\n"
	  "n2 shutdown-ordered 40-48 os-shutdown-ordered 40-108 os-down 40-168\n",
	  .fates =
	  "manager untouched\n",
	  .control = 112 },
	{ .words = "who is not watched keeps its UPS on", .site = "m[C:manager]"
	  "a[P:U1 L:n1 L:n2(Monitor=no)]", .fails = "U1",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .fates =
	  "manager untouched\n"
	  "U1 spared\n"
	  "n2 unwatched\n",
	  .verdicts =
	  " warning n2: n2 is not watched (Monitor=no): it gets no order and runs until the battery of U1 is empty\n" },
	{ .words = "a UPS that feeds nothing is left alone", .site = "m[C:manager P:U1] a[P:U2]",
	  .fails = "U2",
	  .steps =
	  "U2 power-failed 0-0 confirmed 60-68\n",
	  .fates =
	  "U1 untouched\n"
	  "manager untouched\n"
	  "U2 spared\n" },
	{ .words = "nobody to order it", .site = "a[P:U1 L:n1]", .fails = "U1",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-130 output-off 360-430\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .verdicts =
	  "R12 error network: there is no control terminal: nobody orders any of this, and the servers run until the batteries are empty\n",
	  .control = 130 },
	{ .words = "a disk that is confirmed after its servers", .site = "m[C:manager]"
	  "a[P:U1(ConfirmSeconds=60) L:n1 L:n2 D:U2(ConfirmSeconds=60)]", .fails = "a",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n"
	  "n2 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n"
	  "U2 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n",
	  .fates =
	  "manager untouched\n",
	  .verdicts =
	  "R26 error U2: U2 (shared disk) is confirmed after 60 s, not before U1 (60 s): n1 goes down on its own before the disk is known to fail\n",
	  .control = 132 },
	{ .words = "the control terminal goes first", .site =
	  "m[P:U1(ConfirmSeconds=60) C:manager] a[P:U2(ConfirmSeconds=60) L:n1]",
	  .fails = "network",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "manager shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n"
	  "U2 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .verdicts =
	  "R27 warning manager: manager, the last control terminal, itself goes down from 60 s on, but orders to others can take until 132 s\n",
	  .control = 132 },
	{ .words = "the control terminal goes with the last order", .site =
	  "m[P:U1(ConfirmSeconds=130) C:manager] a[P:U2(ConfirmSeconds=60) L:n1]",
	  .fails = "network",
	  .steps =
	  "U1 power-failed 0-0 confirmed 130-138 output-off-ordered 130-200 output-off 430-500\n"
	  "manager shutdown-ordered 130-138 os-shutdown-ordered 130-198 os-down 130-258\n"
	  "U2 power-failed 0-0 confirmed 60-68 output-off-ordered 60-130 output-off 360-430\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .verdicts =
	  "R27 note manager: manager, the last control terminal, itself goes down from 130 s on, but orders to others can take until 130 s\n",
	  .control = 130 },
	{ .words = "one control terminal lives long enough", .site =
	  "m[P:U1(ConfirmSeconds=60) C:m1] o[P:U2(ConfirmSeconds=200) C:m2]"
	  "a[P:U3(ConfirmSeconds=60) L:n1]", .fails = "network",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "m1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n"
	  "U2 power-failed 0-0 confirmed 200-208 output-off-ordered 200-270 output-off 500-570\n"
	  "m2 shutdown-ordered 200-208 os-shutdown-ordered 200-268 os-down 200-328\n"
	  "U3 power-failed 0-0 confirmed 60-68 output-off-ordered 60-132 output-off 360-432\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .control = 132 },
	{ .words = "the control terminals' own disk", .site = "c[C:c1[P:U1 C:m1]"
	  "D:U2(ConfirmSeconds=30)] a[P:U3(ConfirmSeconds=20) L:n1]", .fails = "U2 U3",
	  .steps =
	  "U1 output-off-ordered 30-102 output-off 570-642\n"
	  "m1 shutdown-ordered 30-38 os-shutdown-ordered 30-98 os-down 30-158\n"
	  "U2 power-failed 0-0 confirmed 30-38 output-off-ordered 30-102 output-off 330-402\n"
	  "U3 power-failed 0-0 confirmed 20-28 output-off-ordered 20-90 output-off 320-390\n"
	  "n1 shutdown-ordered 20-28 os-shutdown-ordered 20-88 os-down 20-148\n",
	  .verdicts =
	  "R27 warning m1: m1, the last control terminal, itself goes down from 30 s on, but orders to others can take until 90 s\n",
	  .control = 102 },
	{ .words = "batteries: enough, too little, low before it counts, not known", .site =
	  "m[C:manager] a[P:U1 P:U2 P:U3 P:U4 L:n1]", .fails = "network",
	  .batteries = "U1=500 U2=435 U3=150 U4=-",
	  .steps =
	  "U1 power-failed 0-0 confirmed 60-68 output-off-ordered 60-136 output-off 360-436\n"
	  "U2 power-failed 0-0 confirmed 60-68 output-off-ordered 60-136 output-off 360-436\n"
	  "U3 power-failed 0-0 confirmed 60-68 output-off-ordered 60-136 output-off 360-436\n"
	  "U4 power-failed 0-0 confirmed 60-68 output-off-ordered 60-136 output-off 360-436\n"
	  "n1 shutdown-ordered 60-68 os-shutdown-ordered 60-128 os-down 60-188\n",
	  .fates =
	  "manager untouched\n",
	  .verdicts =
	  "R36 warning U2: U2 must last 436 s on its battery, which now holds 435 s\n"
	  "R36 warning U3: U3 must last 436 s on its battery, which now holds 150 s\n"
	  "R36 note U3: U3 warns of a low battery after 30 s, before its 60 s of confirmation: the shutdown then begins at once\n",
	  .control = 136 },
	{ .words = "an OS slower than the grace time", .site =
	  "m[C:manager] a[P:U1(GraceSeconds=60) L:n1(ShutdownSeconds=59) L:n2(ShutdownSeconds=60)"
	  "D:U2(ConfirmSeconds=30,GraceSeconds=20)]", .fails = "U2",
	  .steps =
	  "U1 output-off-ordered 30-102 output-off 330-402\n"
	  "n1 shutdown-ordered 30-38 os-shutdown-ordered 30-98 os-down 30-157\n"
	  "n2 shutdown-ordered 30-38 os-shutdown-ordered 30-98 os-down 30-158\n"
	  "U2 power-failed 0-0 confirmed 30-38 output-off-ordered 30-102 output-off 50-122\n",
	  .fates =
	  "manager untouched\n",
	  .verdicts =
	  "R38 warning U2: U2 goes off 20 s after its order, but n2 takes up to 60 s to shut down\n",
	  .control = 102 },
};

static char *steps_of(const struct site *s, const struct plan *p)
{
	struct text t = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		const struct plan_node *n = &p->nodes[i];

		if (!n->steps)
			continue;
		text_add(&t, node_name(site_find(s, n->id)));
		for (int step = 0; step < STEP_COUNT; step++)
			if (plan_happens(n, step))
				text_printf(&t, " %s %d-%d", step_word(step),
				    n->at[step].earliest, n->at[step].latest);
		text_add(&t, "\n");
	}
	return text_take(&t);
}

static char *fates_of(const struct site *s, const struct plan *p)
{
	static const char *const words[] = { [FATE_UNTOUCHED] = "untouched",
		[FATE_SPARED] = "spared", [FATE_UNWATCHED] = "unwatched" };
	struct text t = { 0 };

	for (size_t i = 0; i < p->n; i++)
		if (p->nodes[i].fate != FATE_DOWN)
			text_printf(&t, "%s %s\n", node_name(site_find(s,
			    p->nodes[i].id)), words[p->nodes[i].fate]);
	return text_take(&t);
}

static char *verdicts_of(const struct site *s, const struct plan *p)
{
	struct text t = { 0 };

	for (size_t i = 0; i < p->verdicts.n; i++) {
		const struct finding *f = &p->verdicts.list[i];

		text_printf(&t, "%s %s %s: %s\n", f->rule, severity_word(f->severity),
		    node_name(site_find(s, f->node)), f->message);
	}
	return text_take(&t);
}

static size_t batteries_of(const struct site *s, const char *words, struct battery *list)
{
	char name[20], value[20];
	size_t n = 0;
	int len;

	for (; words && sscanf(words, " %19[^=]=%19[^ ]%n", name, value, &len) == 2;
	    words += len) {
		struct node *ups = site_lookup(s, name, NULL, NULL);

		list[n++] = (struct battery){ ups->id,
			*value == '-' ? NAN : strtod(value, NULL) };
	}
	return n;
}

static bool same(const char *words, char *got, const char *want)
{
	bool is = strcmp(got, want ? want : "") == 0;

	if (!is)
		fprintf(stderr, "# %s: got\n%s# wanted\n%s", words, got, want ? want : "");
	free(got);
	return is;
}

static void table(void **state)
{
	bool well = true;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct the_case *c = &cases[i];
		struct site *s = grow(c->site);
		struct battery list[8];
		size_t n = batteries_of(s, c->batteries, list);
		struct plan *p = plan_of(s, c->fails, c->parallel, list, n);

		well &= same(c->words, steps_of(s, p), c->steps);
		well &= same(c->words, fates_of(s, p), c->fates);
		well &= same(c->words, verdicts_of(s, p), c->verdicts);
		if (p->control_seconds != c->control) {
			fprintf(stderr, "# %s: control terminals %d s, wanted %d s\n",
			    c->words, p->control_seconds, c->control);
			well = false;
		}
		plan_free(p);
		site_free(s);
	}
	assert_true(well);
}

/* What a server needs, asked of depend node by node: does it lose its power? */
static bool loses_power(const struct outage *o, const struct terminal *t)
{
	int devices = 0, failed = 0, needed = node_group(t->node.parent)->set->required_ups;
	const struct ups *u = NULL;

	while ((u = depend_next_ups(t, u))) {
		bool fails = outage_has(o, u->node.id);

		if (ups_is_linked_device(u)) {
			if (fails)
				return true;
			continue;
		}
		devices++;
		failed += fails;
	}
	return devices && devices - failed < (needed && needed < devices ? needed : devices);
}

static void check_order(const struct plan_node *n)
{
	int last = -1;

	for (int step = 0; step < STEP_COUNT; step++) {
		if (!plan_happens(n, step))
			continue;
		assert_true(n->at[step].earliest <= n->at[step].latest);
		/* a UPS may be told to go off before its own outage is confirmed */
		assert_true(step == STEP_OFF_ORDERED || n->at[step].latest >= last);
		last = n->at[step].latest;
	}
}

/* No output is ordered off before all that hangs on it has its own order. */
static void check_ups(const struct plan *p, const struct ups *u, const struct plan_node *n)
{
	const struct terminal *t = NULL;

	assert_int_equal(n->required > 0, n->failed && plan_happens(n, STEP_OFF));
	while (plan_happens(n, STEP_OFF) && (t = depend_next_terminal(u, t))) {
		const struct plan_node *server = plan_find(p, t->node.id);

		assert_int_equal(server->fate, FATE_DOWN);
		assert_true(server->at[STEP_OS_ORDERED].latest <=
		    n->at[STEP_OFF_ORDERED].latest);
		assert_true(server->at[STEP_OS_ORDERED].earliest <=
		    n->at[STEP_OFF_ORDERED].earliest);
	}
}

static void check_plan(const struct site *s, const struct outage *o)
{
	struct plan *p = plan_new(s, o, NULL, 0);
	struct plan_event *events;
	size_t i, n, down = 0;

	for (i = 0; i < p->n; i++) {
		const struct node *node = site_find(s, p->nodes[i].id);

		check_order(&p->nodes[i]);
		if (node->kind == KIND_UPS) {
			check_ups(p, node_ups(node), &p->nodes[i]);
			continue;
		}
		assert_int_equal(p->nodes[i].fate == FATE_DOWN,
		    loses_power(o, node_terminal(node)));
		down += p->nodes[i].fate == FATE_DOWN;
	}
	assert_int_equal(p->down, down);
	events = plan_events(p, &n);
	for (i = 0; i < n; i++) {
		assert_true(events[i].at.latest <= p->end);
		assert_true(!i || events[i - 1].at.earliest <= events[i].at.earliest);
	}
	free(events);
	plan_free(p);
}

/* Each set of UPSs that can fail, one after another and at once. */
static void check_all_outages(const struct site *s)
{
	unsigned ids[16];
	const struct node *top = &site_network(s)->node, *n;
	int ups = 0;

	for (n = top; n && ups < 16; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			ids[ups++] = n->id;
	for (int set = 0; set < 2 << ups; set++) {
		struct outage o = { .parallel = set & 1 };

		for (int i = 0; i < ups; i++)
			outage_set(&o, ids[i], set & 2 << i);
		check_plan(s, &o);
		outage_done(&o);
	}
}

static void every_outage_of_every_sample(void **state)
{
	const char *top = getenv("top_srcdir");
	char *pattern = mem_printf("%s/data/samples/*.ini", top ? top : ".");
	struct site *s;
	glob_t found;

	(void)state;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct sitefile *f = sitefile_read(found.gl_pathv[i], NULL, NULL);

		check_all_outages(sitefile_site(f));
		sitefile_free(f);
	}
	globfree(&found);
	free(pattern);
	/* and with all that they do not have */
	s = grow(CLUSTER "c[C:a(RequiredUps=2)[P:U1 P:U2(ConfirmSeconds=70) P:U3 "
	    "C:m1(ClusterMember=yes)] D:U4(ConfirmSeconds=30)]"
	    "l[P:U5(ConfirmSeconds=10) L:n1 D:U6(ConfirmSeconds=90) "
	    "i(RequiredUps=1)[P:U7 P:U8 L:n2 L:n3(ClusterMember=yes) D:U9]]");
	check_all_outages(s);
	site_free(s);
}

static void what_fails_can_be_changed(void **state)
{
	struct site *s = grow("g[P:U1 P:U2 C:sv D:U3]");
	unsigned id = site_lookup(s, "U2", NULL, NULL)->id;
	struct outage o = { .parallel = true }, copy = { 0 };

	(void)state;
	outage_set(&copy, site_lookup(s, "U3", NULL, NULL)->id, true);
	assert_int_equal(outage_add(&o, site_lookup(s, "g", NULL, NULL), IN_POWER), 2);
	assert_true(outage_has(&o, id));
	outage_set(&o, id, false);
	assert_false(outage_has(&o, id));
	assert_int_equal(outage_add(&o, site_lookup(s, "sv", NULL, NULL), IN_ITSELF), 3);
	assert_true(outage_has(&o, id));
	outage_set(&o, site_lookup(s, "U1", NULL, NULL)->id, false);
	outage_copy(&copy, &o);
	outage_clear(&o);
	assert_false(outage_has(&o, id));
	/* a copy of its own, of all and no more */
	assert_true(outage_has(&copy, id));
	assert_false(outage_has(&copy, site_lookup(s, "U1", NULL, NULL)->id));
	assert_true(copy.parallel);
	outage_done(&copy);
	assert_int_equal(outage_add(&o, site_lookup(s, "g", NULL, NULL), IN_LINKED), 0);
	outage_done(&o);
	site_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(manual_timeline_a),
		cmocka_unit_test(manual_timeline_b),
		cmocka_unit_test(four_ups),
		cmocka_unit_test(sample_site),
		cmocka_unit_test(table),
		cmocka_unit_test(every_outage_of_every_sample),
		cmocka_unit_test(what_fails_can_be_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
