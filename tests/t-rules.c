/*
 * Each rule, firing and silent: a good site is edited a little, and the words
 * of what one rule then says are compared whole.
 */
#include "model/rules.h"
#include "store/sitefile.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One line: "add GROUP/@CONTAINER KIND NAME", "remove NODE" or "set NODE KEY=VALUE". */
static void edit(struct site *s, char *line)
{
	struct err e = { .text = "" };
	enum container c = IN_ITSELF;
	char *verb = strtok(line, " "), *path = strtok(NULL, " ");
	char *at = strchr(path, '/');
	char *word = strtok(NULL, "=\n"), *value;
	const struct field *f;
	struct node *n;
	enum kind k;

	if (at) {
		*at++ = '\0';
		for (c = 0; strcmp(container_word(c), at) != 0; c++)
			;
	}
	n = site_lookup(s, path, NULL, &e);
	if (!n)
		fail_msg("%s: %s", path, e.text);
	if (strcmp(verb, "remove") == 0) {
		site_remove(s, n);
	} else if (strcmp(verb, "add") == 0) {
		value = strchr(word, ' ');
		*value++ = '\0';
		for (k = 0; strcmp(kind_word(k), word) != 0; k++)
			;
		if (!site_add(s, n, c, k, value, &e))
			fail_msg("%s: %s", value, e.text);
	} else {
		value = strtok(NULL, "\n");
		f = field_find(record_fields(n->kind), word);
		assert_non_null(f);
		if (!site_set(s, n, f, value ? value : "", &e))
			fail_msg("%s %s: %s", path, word, e.text);
	}
}

static void edit_all(struct site *s, const char *lines)
{
	char line[200];
	size_t len;

	for (; *lines; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		snprintf(line, sizeof line, "%.*s", (int)len, lines);
		edit(s, line);
	}
}

/* The SSC shape with times that every rule is content with. */
static const char good[] =
	"add network group top\n"
	"set top CommunicationAddress=172.16.1.255\n"
	"add top/@control group cluster\n"
	"set cluster CommunicationAddress=172.16.1.255\n"
	"add cluster/@control group c1\n"
	"set c1 CommunicationAddress=172.16.1.255\n"
	"add c1/@power ups UPS1\n"
	"set UPS1 GraceSeconds=300\n"
	"set UPS1 Address=172.16.1.101\n"
	"set UPS1 ConfirmSeconds=180\n"
	"add c1/@control terminal sv1\n"
	"set sv1 Address=172.16.1.46\n"
	"add cluster/@control group c2\n"
	"set c2 CommunicationAddress=172.16.1.255\n"
	"add c2/@power ups UPS2\n"
	"set UPS2 GraceSeconds=300\n"
	"set UPS2 Address=172.16.1.102\n"
	"set UPS2 ConfirmSeconds=180\n"
	"add c2/@control terminal sv2\n"
	"set sv2 Address=172.16.1.47\n"
	"add cluster/@devices ups UPS3\n"
	"set UPS3 GraceSeconds=300\n"
	"set UPS3 Address=172.16.1.103\n"
	"set UPS3 ConfirmSeconds=90\n"
	"set UPS3 Recovery=control\n"
	"add top group disk\n"
	"set disk CommunicationAddress=172.16.1.255\n"
	"add disk/@devices ups UPS4\n"
	"set UPS4 GraceSeconds=300\n"
	"set UPS4 Address=172.16.1.104\n"
	"set UPS4 ConfirmSeconds=30\n"
	"add disk group blades\n"
	"set blades CommunicationAddress=172.16.1.255\n"
	"add blades/@power ups UPS5\n"
	"set UPS5 GraceSeconds=300\n"
	"set UPS5 Address=172.16.1.105\n"
	"add blades/@linked terminal blade1\n"
	"set blade1 Address=172.16.1.61\n";

/* "NODE: SEVERITY: MESSAGE [FIX]\n" for each finding of a rule, or of all. */
static char *told(const struct site *s, const char *rule)
{
	struct findings l = { 0 };
	struct text all = { 0 };
	const struct finding *f;
	size_t i, count[3] = { 0 };

	rules_check(s, &l);
	for (i = 0; i < l.n; i++) {
		f = &l.list[i];
		count[f->severity]++;
		if (rule && strcmp(f->rule, rule) != 0)
			continue;
		text_printf(&all, "%s: %s: %s", node_name(site_find(s, f->node)),
		    severity_word(f->severity), f->message);
		if (f->fix_key)
			text_printf(&all, " [%s %s=%s]",
			    node_name(site_find(s, f->fix_node)), f->fix_key,
			    f->fix_value);
		text_add(&all, "\n");
	}
	assert_memory_equal(count, l.count, sizeof count);
	findings_done(&l);
	return text_take(&all);
}

static const struct {
	const char *rule, *edits, *want;
} cases[] = {
	{ "R3", "set c2 Name=c1",
	  "c1: error: c1 is also the name of the group in cluster; names of groups must be unique\n" },
	{ "R3", "set c2 Name=C1", "" },
	{ "R3", "set sv2 Name=c2", "" },

	{ "R12", "remove sv1\nremove sv2",
	  "network: error: there is no control terminal: nobody would watch the UPSs and order shutdowns\n" },
	{ "R12", "remove sv1", "" },

	{ "R13", "set UPS2 Address=172.16.1.101",
	  "UPS2: error: UPS2 has the address 172.16.1.101, as UPS1 has; every UPS and terminal needs its own\n" },
	{ "R13", "set sv2 Address=172.16.1.101",
	  "sv2: error: sv2 has the address 172.16.1.101, as UPS1 has; every UPS and terminal needs its own\n" },
	{ "R13", "set UPS1 Address=a\nset UPS2 Address=a\nset UPS3 Address=a\nset UPS2 SnmpPort=1161",
	  "UPS3: error: UPS3 has the address a, as UPS1 has; every UPS and terminal needs its own\n" },
	{ "R13", "set UPS2 Address=172.16.1.101\nset UPS2 SnmpPort=1161", "" },
	{ "R13", "set sv2 Address=172.16.1.46\nset sv2 Port=4001", "" },
	{ "R13", "set sv2 Address=172.16.1.46\nset sv2 Port=4000",
	  "sv2: error: sv2 has the address 172.16.1.46, as sv1 has; every UPS and terminal needs its own\n" },
	{ "R13", "set sv1 Address=\nset UPS4 Address=",
	  "sv1: error: sv1 has no IP address: it cannot be reached\n"
	  "UPS4: error: UPS4 has no IP address: it cannot be reached\n" },
	{ "R13", "set blade1 Name=sv1",
	  "sv1: error: sv1 is also the name of the terminal in c1; names of terminals must be unique\n" },

	{ "R14", "set UPS5 Name=UPS1",
	  "UPS1: error: UPS1 is also the name of the UPS in c1; names of UPSs must be unique\n" },
	{ "R14", "set UPS5 Name=12345678", "" },

	{ "R15", "set c2 RecognitionCode=OTHER",
	  "c2: error: Communication recognition code: c2 has OTHER, most groups have ESMAcnet; it must be the same in all groups [c2 RecognitionCode=ESMAcnet]\n" },
	{ "R16", "set c2 CommunicationAddress=172.16.255.255",
	  "c2: error: Communication IP address: c2 has 172.16.255.255, most groups have 172.16.1.255; it must be the same in all groups [c2 CommunicationAddress=172.16.1.255]\n" },
	{ "R16", "", "" },

	{ "R17", "set c2 CommunicationAddress=255.255.255.255",
	  "c2: warning: c2: the communication address is still that of a new group, 255.255.255.255; it should be the local broadcast address that reaches the control terminals [c2 CommunicationAddress=172.16.1.255]\n" },
	{ "R17", "set c2 CommunicationAddress=172.16.2.255",
	  "c2: warning: c2: the communication address 172.16.2.255 is no local broadcast address that reaches all 2 control terminals [c2 CommunicationAddress=172.16.1.255]\n" },
	{ "R17", "set c2 CommunicationAddress=172.16.1.46",
	  "c2: warning: c2: the communication address 172.16.1.46 is no local broadcast address that reaches all 2 control terminals [c2 CommunicationAddress=172.16.1.255]\n" },
	/* /18 and /26 have them too, /27 has not */
	{ "R17", "set c2 CommunicationAddress=172.16.63.255", "" },
	{ "R17", "set c2 CommunicationAddress=172.16.1.63", "" },
	{ "R17", "set c2 CommunicationAddress=172.16.1.31",
	  "c2: warning: c2: the communication address 172.16.1.31 is no local broadcast address that reaches all 2 control terminals [c2 CommunicationAddress=172.16.1.255]\n" },
	/* the manual's own vector, R18 */
	{ "R17", "remove sv2\nset sv1 Address=172.16.134.12\nset c2 CommunicationAddress=172.16.134.255\nset c1 CommunicationAddress=172.16.134.255\nset top CommunicationAddress=172.16.134.12\nset cluster CommunicationAddress=172.16.134.255\nset disk CommunicationAddress=172.16.134.255\nset blades CommunicationAddress=172.16.1.255",
	  "blades: warning: blades: the communication address 172.16.1.255 is neither the control terminal's nor a local broadcast address that reaches it [blades CommunicationAddress=172.16.134.255]\n" },
	{ "R17", "set sv1 Address=one.example\nset sv2 Address=two.example\nset c2 CommunicationAddress=10.0.0.1", "" },
	{ "R17", "set sv1 Address=one.example\nset c2 CommunicationAddress=172.16.1.47",
	  "c2: warning: c2: the communication address 172.16.1.47 is no local broadcast address that reaches all 2 control terminals [c2 CommunicationAddress=172.16.1.255]\n" },

	{ "R19", "set network ClusterSoftware=clusterpro\nset c2 Name=c-2\nset sv1 Name=ABCDEFGHIJKLMNO\nset sv2 Name=ABCDEFGHIJKLMNOP",
	  "c-2: warning: c-2: with CLUSTERPRO, names of groups and servers have at most 15 half-width letters and digits\n"
	  "ABCDEFGHIJKLMNOP: warning: ABCDEFGHIJKLMNOP: with CLUSTERPRO, names of groups and servers have at most 15 half-width letters and digits\n" },
	{ "R19", "set network ClusterSoftware=pacemaker\nset c2 Name=c-2", "" },

	{ "R24", "add c1/@power ups UPS6\nset UPS6 ConfirmSeconds=180\nset UPS2 ConfirmSeconds=120",
	  "UPS2: error: Confirmation time: UPS2 (control terminal, 120 s) must be the same as for all control terminals (180 s) [UPS2 ConfirmSeconds=180]\n" },

	{ "R25", "set UPS1 ConfirmSeconds=60",
	  "UPS1: warning: Confirmation time: UPS1 (control terminal, 60 s) must be longer than UPS5 (linked terminal, 60 s) [UPS1 ConfirmSeconds=61]\n" },
	{ "R25", "set UPS3 ConfirmSeconds=60",
	  "UPS3: warning: Confirmation time: UPS3 (shared disk of control terminals, 60 s) must be longer than UPS5 (linked terminal, 60 s) [UPS3 ConfirmSeconds=61]\n" },
	{ "R25", "set UPS3 ConfirmSeconds=61", "" },
	/* without the roles between them the pair still counts */
	{ "R25", "remove UPS3\nremove UPS5\nset UPS4 ConfirmSeconds=180",
	  "UPS1: warning: Confirmation time: UPS1 (control terminal, 180 s) must be longer than UPS4 (shared disk of linked terminals, 180 s) [UPS1 ConfirmSeconds=181]\n"
	  "UPS2: warning: Confirmation time: UPS2 (control terminal, 180 s) must be longer than UPS4 (shared disk of linked terminals, 180 s) [UPS2 ConfirmSeconds=181]\n" },
	/* linked terminals that do not use the disk */
	{ "R25", "add top/@linked group x\nadd x/@power ups UPS6\nset UPS6 ConfirmSeconds=30\nadd x/@linked terminal x1",
	  "UPS4: warning: Confirmation time: UPS4 (shared disk of linked terminals, 30 s) must be shorter than UPS6 (linked terminal, 30 s) [UPS4 ConfirmSeconds=29]\n" },
	/* those that use it are for R26, and so are linked terminals on the control terminals' disk */
	{ "R25", "set UPS4 ConfirmSeconds=60", "" },
	{ "R25", "add cluster group x\nadd x/@power ups UPS6\nset UPS6 ConfirmSeconds=100\nadd x/@linked terminal x1", "" },

	{ "R26", "set UPS3 ConfirmSeconds=180",
	  "UPS3: error: Confirmation time: UPS3 (shared disk, 180 s) must be shorter than UPS1 (180 s) [UPS3 ConfirmSeconds=179]\n" },
	{ "R26", "set UPS4 ConfirmSeconds=60",
	  "UPS4: error: Confirmation time: UPS4 (shared disk, 60 s) must be shorter than UPS5 (60 s) [UPS4 ConfirmSeconds=59]\n" },
	{ "R26", "set UPS4 ConfirmSeconds=0\nset UPS5 ConfirmSeconds=0",
	  "UPS4: error: Confirmation time: UPS4 (shared disk, 0 s) must be shorter than UPS5 (0 s) [UPS5 ConfirmSeconds=1]\n" },
	{ "R26", "set UPS4 ConfirmSeconds=59", "" },
	{ "R26", "remove blade1\nset UPS4 ConfirmSeconds=60", "" },

	/* 90 + 8 + 60 + 2 x 5 */
	{ "R27", "set UPS1 ConfirmSeconds=167\nset UPS2 ConfirmSeconds=168",
	  "UPS1: warning: Confirmation time: UPS1 (control terminal, 167 s) is shorter than the 168 s that the others need to go down: 90 s of UPS3 + 8 s polling + 0 s cluster shutdown + 60 s for the orders + 2 s for each of 5 UPSs [UPS1 ConfirmSeconds=169]\n"
	  "UPS2: note: Confirmation time: UPS2 (control terminal, 168 s) leaves no margin to the 168 s that the others need to go down: 90 s of UPS3 + 8 s polling + 0 s cluster shutdown + 60 s for the orders + 2 s for each of 5 UPSs [UPS2 ConfirmSeconds=169]\n" },
	{ "R27", "set UPS1 ConfirmSeconds=169", "" },
	{ "R27", "set network ClusterSoftware=pacemaker\nset network ClusterShutdown=yes\nset sv1 ClusterMember=yes\nset UPS1 ConfirmSeconds=289",
	  "UPS2: warning: Confirmation time: UPS2 (control terminal, 180 s) is shorter than the 288 s that the others need to go down: 90 s of UPS3 + 8 s polling + 120 s cluster shutdown + 60 s for the orders + 2 s for each of 5 UPSs [UPS2 ConfirmSeconds=289]\n" },
	{ "R27", "set network ClusterSoftware=pacemaker\nset network ClusterShutdown=yes", "" },
	{ "R27", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes", "" },

	{ "R43", "add disk/@devices ups UPS6\nadd disk/@devices ups UPS7\nset UPS4 Recovery=none",
	  "UPS4: error: On power recovery: UPS4 (do not reboot) must be like the other linked devices of disk (reboot by UPS) [UPS4 Recovery=ups]\n" },
	{ "R43", "add blades/@devices ups UPS6\nset UPS6 Recovery=none", "" },

	{ "R44", "set UPS3 Recovery=ups",
	  "UPS3: warning: On power recovery: UPS3 feeds a shared disk of control terminals; it should reboot from the control terminal [UPS3 Recovery=control]\n" },
	{ "R44", "set UPS4 Recovery=control",
	  "UPS4: warning: On power recovery: UPS4 feeds a shared disk of linked terminals; it should reboot by the UPS [UPS4 Recovery=ups]\n" },
	{ "R44", "set UPS3 Recovery=none\nset UPS4 Recovery=none", "" },
	{ "R44", "set UPS3 Recovery=ups\nset UPS3 NetworkGear=only", "" },
	/* with a management terminal; where the device feeds the servers themselves */
	{ "R44", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes\nset UPS3 Recovery=ups", "" },
	{ "R44", "remove UPS1\nremove UPS2\nset UPS3 Recovery=ups", "" },

	{ "R45", "set UPS4 WarmUpSeconds=100\nset UPS3 WarmUpSeconds=700",
	  "UPS3: error: Warm-UP time: UPS3 has 700 s, which is not a multiple of 360 s [UPS3 WarmUpSeconds=720]\n"
	  "UPS4: error: Warm-UP time: UPS4 has 100 s, which is not a multiple of 360 s [UPS4 WarmUpSeconds=0]\n" },
	{ "R45", "set UPS4 WarmUpSeconds=720", "" },

	/* what stays silent beside tests/rules */
	{ "R5", "add top group x\nadd x/@linked terminal x1", "" },
	{ "R5", "add top group x\nadd x/@linked terminal x1\nadd x/@control terminal x2",
	  "x: warning: x has 2 servers; where some servers have a UPS and some have none, each needs a group of its own\n" },
	{ "R7", "add blades/@control terminal b2\nset b2 Mode=advance", "" },
	{ "R8", "add blades/@devices ups UPS6",
	  "UPS6: error: UPS6 (blades) and UPS4 (disk): linked terminals cannot use shared disks in the linked devices of two groups; put all their disks into one\n" },
	{ "R8", "add blades/@devices ups UPS6\nset UPS6 NetworkGear=only", "" },
	{ "R8", "add top/@devices ups UPS6\nremove disk", "" },
	{ "R9", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes\nset sv2 ClusterMember=yes", "" },
	{ "R9", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes\nset sv2 ClusterMember=yes\nset blade1 ClusterMember=yes",
	  "network: warning: a cluster of 3 nodes without a management terminal needs 3 control terminals, and has 2\n" },
	{ "R9", "set network ClusterSoftware=pacemaker\nset sv2 ClusterMember=yes\nset blade1 ClusterMember=yes", "" },
	{ "R10", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes\nset sv2 ClusterMember=yes", "" },
	{ "R10", "set sv1 ClusterMember=yes", "" },
	{ "R11", "add blades/@power ups UPS6\nadd blades/@linked terminal b2\nset blades RequiredUps=1", "" },
	{ "R11", "add blades/@power ups UPS6\nadd blades/@linked terminal b2\nset blades RequiredUps=2",
	  "blades: warning: blades: its 2 servers use 2 UPSs and need all of them; make a group for each UPS with its servers, or say how many UPSs each server needs\n" },
	{ "R11", "add blades/@power ups UPS6", "" },
	{ "R20", "set sv2 Address=172.16.1.46\nset sv2 Port=4001", "" },
	{ "R20", "set sv2 Port=4000", "" },
	{ "R38", "set blade1 ShutdownSeconds=272", "" },
	{ "R38", "set blade1 ShutdownSeconds=0\nset UPS5 GraceSeconds=0", "" },
	{ "R40", "add c2/@power ups UPS6",
	  "UPS6: note: 1 of 6 UPSs, first UPS6, have no setting of those that are kept in the UPS: collect or set them, so that no UPS runs with what its factory set\n" },
	{ "R49", "add disk/@devices ups UPS6\nset UPS4 WarmUpOrder=2\nset UPS6 WarmUpOrder=1", "" },
	{ "R49", "add disk/@devices ups UPS6",
	  "UPS4: warning: Warm-UP order: UPS4 has none among the linked devices of disk; which one starts first is not said [UPS4 WarmUpOrder=1]\n"
	  "UPS6: warning: Warm-UP order: UPS6 has none among the linked devices of disk; which one starts first is not said [UPS6 WarmUpOrder=2]\n" },
	{ "R54", "set network ClusterSoftware=pacemaker\nset sv1 ClusterMember=yes\nset sv2 ClusterMember=yes", "" },
	{ "R56", "add blades/@linked terminal b2\nset blade1 Schedule=day\nset b2 Schedule=day", "" },
	{ "R57", "set blade1 Schedule=day", "" },
	{ "R57", "set blade1 Mode=advance\nset blade1 MacAddress=00:00:5e:00:53:01\nset blade1 Schedule=day", "" },
	{ "R59", "set UPS1 NetworkGear=yes\nset UPS4 NetworkGear=only", "" },
	{ "R59", "set UPS5 NetworkGear=yes",
	  "UPS5: warning: UPS5 (linked terminal) also feeds network equipment; that belongs on a UPS of its own or of a control terminal\n" },
};

static void each_rule_says_what_is_wrong(void **state)
{
	struct site *s;
	char *words;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		s = site_new();
		edit_all(s, good);
		edit_all(s, cases[i].edits);
		words = told(s, cases[i].rule);
		if (strcmp(words, cases[i].want) != 0)
			fail_msg("%s after\n%s\nsaid:\n%sinstead of:\n%s",
			    cases[i].rule, cases[i].edits, words,
			    cases[i].want);
		free(words);
		site_free(s);
	}
}

static void a_good_site_is_silent(void **state)
{
	struct site *s = site_new();
	char *words;

	(void)state;
	edit_all(s, good);
	words = told(s, NULL);
	assert_string_equal(words, "");
	free(words);
	site_free(s);
}

/* Every fix that is offered, taken, leaves less to say of the same rule there. */
static void a_fix_mends(void **state)
{
	const struct finding *f;
	struct findings l;
	struct site *s;
	struct node *n;
	struct err e;
	char *before, *after;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		s = site_new();
		edit_all(s, good);
		edit_all(s, cases[i].edits);
		before = told(s, cases[i].rule);
		l = (struct findings){ 0 };
		rules_check(s, &l);
		for (j = 0; j < l.n; j++) {
			f = &l.list[j];
			if (!f->fix_key || strcmp(f->rule, cases[i].rule) != 0)
				continue;
			n = site_find(s, f->fix_node);
			assert_true(site_set(s, n,
			    field_find(record_fields(n->kind), f->fix_key),
			    f->fix_value, &e));
		}
		after = told(s, cases[i].rule);
		if (strstr(before, "]\n") && *after)
			fail_msg("%s after its fixes: %s", cases[i].rule, after);
		free(before);
		free(after);
		findings_done(&l);
		site_free(s);
	}
}

/*
 * The manual's timelines: a management terminal, a disk and two cluster
 * servers; K = 120, N = 4. A, the disk fails alone (30 s): 226 s. B, the
 * servers' UPSs fail (60 s): 256 s.
 */
static void the_control_terminal_outlasts_the_timelines(void **state)
{
	static const struct {
		const char *servers;
		long bound;
	} lines[] = { { "30", 226 }, { "60", 256 } };
	static const char site[] =
		"set network ClusterSoftware=clusterpro\n"
		"set network ClusterShutdown=yes\n"
		"add network group control\n"
		"add control/@power ups UPS1\n"
		"add control/@control terminal manager\n"
		"add network group disk\n"
		"add disk/@devices ups UPS2\n"
		"set UPS2 ConfirmSeconds=30\n"
		"add disk group one\n"
		"add one/@power ups UPS3\n"
		"add one/@linked terminal clus1\n"
		"set clus1 ClusterMember=yes\n"
		"add disk group two\n"
		"add two/@power ups UPS4\n"
		"add two/@linked terminal clus2\n"
		"set clus2 ClusterMember=yes\n";
	struct site *s = site_new();
	char line[100], want[60], *words;
	size_t i;
	int more;

	(void)state;
	edit_all(s, site);
	for (i = 0; i < 2; i++) {
		snprintf(line, sizeof line, "set UPS3 ConfirmSeconds=%s\n"
		    "set UPS4 ConfirmSeconds=%s\n", lines[i].servers,
		    lines[i].servers);
		edit_all(s, line);
		for (more = -1; more <= 1; more++) {
			snprintf(line, sizeof line, "set UPS1 ConfirmSeconds=%ld",
			    lines[i].bound + more);
			edit_all(s, line);
			words = told(s, "R27");
			snprintf(want, sizeof want, "%ld s that the others need",
			    lines[i].bound);
			if (more <= 0) {
				assert_non_null(strstr(words, more ?
				    "UPS1: warning" : "UPS1: note"));
				assert_non_null(strstr(words, want));
			} else {
				assert_string_equal(words, "");
			}
			free(words);
		}
	}
	site_free(s);
}

static void findings_stand_in_tree_order(void **state)
{
	struct site *s = site_new();
	struct findings l = { 0 };
	char *words;

	(void)state;
	findings_add(&l, "", SEVERITY_ERROR, 0, NULL, "of the file");
	edit_all(s, good);
	edit_all(s, "set blades CommunicationAddress=255.255.255.255\n"
	    "set UPS4 WarmUpSeconds=1\nset c1 RecognitionCode=x\n"
	    "set UPS1 Address=\nset sv2 Name=sv1");
	words = told(s, NULL);
	assert_string_equal(words,
	    "c1: error: Communication recognition code: c1 has x, most groups have ESMAcnet; it must be the same in all groups [c1 RecognitionCode=ESMAcnet]\n"
	    "UPS1: error: UPS1 has no IP address: it cannot be reached\n"
	    "sv1: error: sv1 is also the name of the terminal in c1; names of terminals must be unique\n"
	    "UPS4: error: Warm-UP time: UPS4 has 1 s, which is not a multiple of 360 s [UPS4 WarmUpSeconds=0]\n"
	    "blades: error: Communication IP address: blades has 255.255.255.255, most groups have 172.16.1.255; it must be the same in all groups [blades CommunicationAddress=172.16.1.255]\n"
	    "blades: warning: blades: the communication address is still that of a new group, 255.255.255.255; it should be the local broadcast address that reaches the control terminals [blades CommunicationAddress=172.16.1.255]\n");
	free(words);

	/* what was in the list stays in front */
	rules_check(s, &l);
	assert_int_equal(l.n, 7);
	assert_string_equal(l.list[0].message, "of the file");
	assert_int_equal(l.count[SEVERITY_ERROR], 6);
	findings_done(&l);
	site_free(s);
}

static void every_rule_has_words_and_a_reason(void **state)
{
	const struct rule *r;

	(void)state;
	for (r = rules; r->number; r++) {
		assert_true(r->words[0] && r->reason[0] && r->sources);
		assert_ptr_equal(rule_find(r->number), r);
	}
	assert_null(rule_find("R0"));
}

/*
 * What the rules say of the sources' own sites: no error, and of the rest so
 * many of each. R19, R25 and R27 are broken by their own names and times; R40
 * and R57 note what the sources do not give.
 */
static const struct {
	const char *name, *told;
} samples[] = {
	{ "demo", "2xR27 1xR40 " },
	{ "management-terminal", "2xR19 1xR25 1xR27 " },
	{ "mixed-1", "1xR40 2xR57 " },
	{ "mixed-2", "1xR40 3xR57 " },
	{ "mixed-3", "1xR40 3xR57 " },
	{ "mixed-4", "1xR40 2xR57 " },
	{ "mixed-5", "1xR40 2xR57 " },
	{ "mixed-6", "1xR40 1xR57 " },
	{ "mixed-7", "2xR25 2xR27 1xR40 1xR57 " },
	{ "mixed-8", "1xR40 2xR57 " },
	{ "mixed-9", "1xR25 1xR27 1xR40 2xR57 " },
	{ "no-management-terminal", "5xR19 3xR25 3xR27 " },
	{ "ssc-cluster", "8xR19 2xR27 1xR40 " },
};

static void samples_are_told_what_is_expected(void **state)
{
	const char *top = getenv("top_srcdir");
	struct text told = { 0 };
	struct findings l = { 0 };
	const struct rule *r;
	struct sitefile *file;
	struct err e;
	char path[4096];
	size_t i, j, n;

	(void)state;
	for (i = 0; i < sizeof samples / sizeof *samples; i++) {
		snprintf(path, sizeof path, "%s/data/samples/%s.ini",
		    top ? top : ".", samples[i].name);
		file = sitefile_read(path, &l, &e);
		if (!file)
			fail_msg("%s", e.text);
		assert_int_equal(l.n, 0);
		rules_check(sitefile_site(file), &l);
		assert_int_equal(l.count[SEVERITY_ERROR], 0);
		text_add(&told, "");
		for (r = rules; r->number; r++) {
			for (j = n = 0; j < l.n; j++)
				n += strcmp(l.list[j].rule, r->number) == 0;
			if (n)
				text_printf(&told, "%zux%s ", n, r->number);
		}
		if (strcmp(told.s, samples[i].told) != 0)
			fail_msg("%s: %s", path, told.s);
		text_done(&told);
		findings_done(&l);
		sitefile_free(file);
	}
}

static void findings_are_cut(void **state)
{
	struct findings l = { 0 };

	(void)state;
	findings_add(&l, "R1", SEVERITY_ERROR, 0, NULL, "first");
	findings_add(&l, "R2", SEVERITY_WARNING, 0, NULL, "second");
	finding_fix(findings_add(&l, "R3", SEVERITY_NOTE, 0, NULL, "third"),
	    0, "Name", "x");
	findings_cut(&l, 5);
	assert_int_equal(l.n, 3);
	findings_cut(&l, 1);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.count[SEVERITY_ERROR], 1);
	assert_int_equal(l.count[SEVERITY_WARNING], 0);
	assert_int_equal(l.count[SEVERITY_NOTE], 0);
	findings_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_site_is_silent),
		cmocka_unit_test(each_rule_says_what_is_wrong),
		cmocka_unit_test(a_fix_mends),
		cmocka_unit_test(the_control_terminal_outlasts_the_timelines),
		cmocka_unit_test(findings_stand_in_tree_order),
		cmocka_unit_test(every_rule_has_words_and_a_reason),
		cmocka_unit_test(findings_are_cut),
		cmocka_unit_test(samples_are_told_what_is_expected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
