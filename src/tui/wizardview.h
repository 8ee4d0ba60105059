/*
 * wizardview - the wizard on the screen: which site, its pages, the tree that
 * would be made.
 *
 * What is asked comes from app/wizard.h, and an answer is given there with every
 * key, so that proposals, rules and the tree follow at once.
 */
#ifndef AMC_TUI_WIZARDVIEW_H
#define AMC_TUI_WIZARDVIEW_H

#include "app/wizard.h"
#include "tui/line.h"
#include "tui/view.h"

enum wizard_button { BUTTON_NONE = -1, BUTTON_BACK, BUTTON_NEXT, BUTTON_CANCEL, BUTTON_COUNT };

/* A row of a page. */
struct wizard_row {
	enum { ROW_TITLE, ROW_HEAD, ROW_ASK, ROW_TABLE } kind;
	const struct wizard_block *block;
	int first, end;		/* its questions */
};

struct wizardview {
	struct view view;
	const struct wizards *all;
	struct wizard *w;	/* NULL until a site was chosen */
	int site;		/* in the list of sites */
	int page;		/* -1: which site; wizard_pages(): the last, with the tree */
	int focus;		/* a question of the page, when no button has the focus */
	enum wizard_button button;
	struct line line;	/* what stands in the question with the focus */
	bool fresh;		/* just come to: what is typed first replaces all */
	int top;		/* first row or line shown */
	struct err wrong;	/* why it does not go on; "" if nothing hinders */
	char *path;		/* of the new file, while it is asked what to do before */
};

void wizardview_open(struct tui *);

/* For wizardview*.c. */

/* Of the page, or of the choice of a site; does not go on while something forbids it. */
void wizardview_next_page(struct wizardview *);
void wizardview_previous_page(struct wizardview *);
/* Puts the focus on a question, or on a button. */
void wizardview_focus(struct wizardview *, int question, enum wizard_button);
/* The first question of the page, -1 if there is none. */
int wizardview_first(const struct wizardview *);
/* Answers the question with the focus. */
void wizardview_set(struct wizardview *, const char *value);
/* A move on a page of questions; false when it is one of the pages. */
bool wizardview_field_move(struct wizardview *, enum move);
/* A key for the question with the focus; was it used? */
bool wizardview_field_key(struct wizardview *, const char *key);
/* The rows of the page, at most WIZARD_ROWS; how many. */
enum { WIZARD_ROWS = 300 };
int wizardview_rows(const struct wizardview *, struct wizard_row *);
bool wizardview_at_end(const struct wizardview *);
/* How many rows of a page, and of the last one's lines, are seen. */
int wizardview_body_rows(const struct wizardview *);
int wizardview_text_cols(const struct wizardview *);
/* The tree that would be made and what the rules say; yours to free. */
char *wizardview_outcome(const struct wizardview *);
/* What a question is called on the screen. */
const char *wizardview_label(const struct wizard_ask *);
void wizardview_draw(struct view *);
void wizardview_draw_questions(const struct wizardview *, int y, int x, int cols);
/* Of the page. */
const char *wizardview_title(const struct wizardview *);
const char *wizardview_words(const struct wizardview *);
/* wizardview-linear.c */
void wizardview_linear(struct view *, struct linear *);
/* wizardview-create.c: makes the site, after all questions that this needs. */
void wizardview_create(struct wizardview *);

/* What this machine's interfaces would answer to the question for the network. */
enum { WIZARD_INTERFACES = 30 };
struct wizard_interface {
	char words[80];		/* "eth0  172.16.1.46 → 172.16.1.255" */
	char net[40];		/* "172.16.1.46/255.255.255.0" */
};
int wizardview_interfaces(struct wizard_interface list[WIZARD_INTERFACES]);

#endif
