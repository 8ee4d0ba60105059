/* The mouse's reports; see screen-mouse.h */
#include "tui/screen-mouse.h"

enum {
	DOUBLE_MS = 400,
	NUMBER_MAX = 9999,
	OLD_ZERO = 32,		/* X10 adds this to each number to have characters */
	/* the button's bits */
	WHICH = 3, NONE = 3, MOTION = 32, WHEEL = 64, FURTHER = 128,
};

void mouse_report_begin(struct mouse_report *r, bool old)
{
	*r = (struct mouse_report){ .begun = true, .old = old };
}

static enum mouse_step take_old(struct mouse_report *r, uint32_t c)
{
	if (c < OLD_ZERO || c > 255)
		return MOUSE_BROKEN;
	r->numbers[r->n++] = c - OLD_ZERO;
	if (r->n < 3)
		return MOUSE_MORE;
	r->end = (r->numbers[0] & WHICH) == NONE && !(r->numbers[0] & WHEEL) ? 'm' : 'M';
	if (r->end == 'm')	/* of which button is not told */
		r->numbers[0] &= ~(unsigned)WHICH;
	return MOUSE_WHOLE;
}

enum mouse_step mouse_report_take(struct mouse_report *r, uint32_t c)
{
	enum mouse_step step = MOUSE_MORE;
	unsigned *number = &r->numbers[r->n];

	if (r->old) {
		step = take_old(r, c);
	} else if (c >= '0' && c <= '9' && *number <= NUMBER_MAX / 10) {
		*number = *number * 10 + (c - '0');
	} else if (c == ';' && r->n < 2) {
		r->n++;
	} else if ((c == 'M' || c == 'm') && r->n == 2) {
		r->end = (char)c;
		step = MOUSE_WHOLE;
	} else {
		step = MOUSE_BROKEN;
	}
	r->begun = step == MOUSE_MORE;
	return step;
}

bool mouse_report_read(const struct mouse_report *r, int64_t now, struct mouse *m)
{
	static struct mouse pressed;
	static int64_t pressed_at;	/* 0: a press now is a first one */
	unsigned button = r->numbers[0];
	bool twice;

	if (button & (MOTION | FURTHER) || !r->numbers[1] || !r->numbers[2])
		return false;
	*m = (struct mouse){ .y = (int)r->numbers[2] - 1, .x = (int)r->numbers[1] - 1 };
	if (button & WHEEL) {
		m->what = button & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
		return r->end == 'M' && (button & WHICH) < 2;
	}
	if (button & WHICH)
		return false;
	if (r->end == 'm') {
		m->what = MOUSE_RELEASE;
		return true;
	}
	twice = pressed_at && now - pressed_at < DOUBLE_MS && m->y == pressed.y &&
	    m->x == pressed.x;
	m->what = twice ? MOUSE_DOUBLE : MOUSE_PRESS;
	pressed = *m;
	pressed_at = twice ? 0 : now;	/* a third is a first again */
	return true;
}
