/*
 * sending-all - what the parts of sendall share: its steps and its state; nobody else
 * includes it.
 */
#ifndef AMC_TUI_SENDING_ALL_H
#define AMC_TUI_SENDING_ALL_H

#include "app/broadcast.h"
#include "tui/line.h"
#include "tui/sendall.h"

enum step { MEETING, PASSWORD, LOOKING, READY, SENDING, DONE };

struct sendall {
	struct view view;
	struct broadcast *broadcast;
	enum step step;
	int at;			/* the button, of those that there are now */
	int row, top;
	struct line password;
	int told;		/* linear mode: the step that was told last; -1: none */
};

enum button { GO, LATER, DIFFERENCE, LEAVE, BUTTONS };

/* What is told at a step, and the button that ends it; NULL: it ends by itself. */
struct sendall_step {
	const char *words, *go;	/* N_() */
};
extern const struct sendall_step sendall_steps[];

/* The buttons that there are now; how many. */
size_t sendall_buttons(const struct sendall *, enum button list[BUTTONS]);
const char *sendall_button_words(const struct sendall *, enum button);
/* What the button does. */
void sendall_press(struct sendall *, enum button);
void sendall_cancel(struct view *);

/* sendall-draw.c */
void sendall_draw(struct view *);
/* How many rows the screen has room for. */
int sendall_window(void);
/* How it stands as a whole. */
void sendall_words(const struct sendall *, char *buf, size_t size);
/* A mark of a terminal's state, besides the colour. */
const char *sendall_mark(enum broadcast_state);
/* sendall-linear.c */
void sendall_linear(struct view *, struct linear *);

#endif
