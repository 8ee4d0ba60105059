/*
 * mankeys - the manual page of the site file from its template.
 *
 *   mankeys < ac_e_net.ini.5.in > ac_e_net.ini.5
 *
 * A line @network@, @group@, @ups@ or @terminal@ becomes the list of that
 * record's keys, @rules@ the list of the rules: what a setting means is told
 * once, in the tables of src/model. Built and run by make, never installed.
 */
#include "model/record.h"
#include "model/rules.h"

#include <stdio.h>
#include <string.h>

/* Words as mdoc source: a sentence a line, nothing that roff would take for itself. */
static void put_words(const char *s)
{
	bool first = true;

	for (; *s; s++) {
		if (first && (*s == '.' || *s == '\''))
			fputs("\\&", stdout);
		first = *s == '.' && s[1] == ' ';
		if (*s == '\\') {
			fputs("\\e", stdout);
		} else if (first) {
			fputs(".\n", stdout);
			s++;
		} else {
			putchar(*s);
		}
	}
	putchar('\n');
}

static void put_choices(const struct field *f)
{
	const struct choice *c;

	puts(".Bl -tag -width XclusterproX -compact");
	for (c = f->choices; c->word; c++)
		printf(".It Cm %s\n%s%s", c->word,
		    strcmp(c->word, c->label) ? c->label : "",
		    strcmp(c->word, c->label) ? "\n" : "");
	puts(".El");
}

/* Are the words of the choices different from what a screen shows? */
static bool choices_explain(const struct field *f)
{
	const struct choice *c;

	for (c = f->choices; c->word; c++)
		if (strcmp(c->word, c->label) != 0)
			return true;
	return false;
}

static void put_field(const struct field *f)
{
	char allowed[200], line[300];

	printf(".It Cm %s\n", f->key);
	if (strcmp(f->label, f->key) != 0) {
		snprintf(line, sizeof line, "%s.", f->label);
		put_words(line);
	}
	put_words(f->help);
	if (f->type == FIELD_PARENT) {
		puts("See\n.Sx The tree .");
		return;
	}
	if (f->type == FIELD_CHOICE && choices_explain(f)) {
		put_choices(f);
	} else {
		field_allowed(f, allowed, sizeof allowed);
		snprintf(line, sizeof line, "Allowed: %s%s.", allowed,
		    f->flags & FIELD_EMPTY && strncmp(allowed, "0.", 2) ?
		    ", or empty" : "");
		put_words(line);
	}
	if (*f->initial)
		printf("Initially %s.\n", f->initial);
	if (f->flags & FIELD_INHERITS)
		puts("Inherited when it is empty.");
	if (f->flags & FIELD_IN_CARD)
		puts("Kept in the UPS.");
	if (f->flags & FIELD_SECRET)
		puts("Secret.");
	if (f->flags & FIELD_OURS)
		puts("Written by the program.");
}

static void put_fields(enum kind k)
{
	const struct field *f;

	puts(".Bl -tag -width Ds");
	for (f = record_fields(k); f->key; f++)
		put_field(f);
	puts(".El");
}

static void put_sources(const struct rule *r)
{
	unsigned bit;

	fputs("Source:", stdout);
	for (bit = 1; source_label(bit); bit <<= 1)
		if (r->sources & bit)
			printf("%s %s", r->sources & (bit - 1) ? ";" : "",
			    source_label(bit));
	puts(".");
	if (r->live)
		puts("Needs what cards and terminals say.");
}

static void put_rules(void)
{
	const struct rule *r;

	puts(".Bl -tag -width \"R00 \"");
	for (r = rules; r->number; r++) {
		printf(".It %s\n", r->number);
		put_words(r->words);
		printf("(%s)\n", severity_word(r->severity));
		put_words(r->reason);
		put_sources(r);
	}
	puts(".El");
}

int main(void)
{
	char line[1024], mark[32];
	enum kind k;

	while (fgets(line, sizeof line, stdin)) {
		for (k = 0; k < KIND_COUNT; k++) {
			snprintf(mark, sizeof mark, "@%s@\n", kind_word(k));
			if (strcmp(line, mark) == 0)
				break;
		}
		if (k < KIND_COUNT)
			put_fields(k);
		else if (strcmp(line, "@rules@\n") == 0)
			put_rules();
		else
			fputs(line, stdout);
	}
	return ferror(stdin) || fflush(stdout) != 0;
}
