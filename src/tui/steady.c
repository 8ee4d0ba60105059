#include "tui/steady.h"

#include <stddef.h>

/* In their order; of what a script has, only what stood in it before Unicode 9. */
static const struct { uint32_t from, to; } steady[] = {
	{ 0x0020, 0x00ac },	/* not the soft hyphen */
	{ 0x00ae, 0x02ff }, { 0x0370, 0x0482 }, { 0x048a, 0x052f },
	{ 0x2010, 0x2027 }, { 0x2030, 0x205e }, { 0x2070, 0x20ac }, { 0x2100, 0x218b },
	{ 0x2190, 0x2193 },	/* behind them are some that are emoji */
	{ 0x2200, 0x22ff }, { 0x2460, 0x25f0 },
	{ 0x2800, 0x28ff },
	{ 0x3000, 0x3029 }, { 0x3030, 0x303e }, { 0x3041, 0x3096 }, { 0x309b, 0x31e3 },
	{ 0x3200, 0x4dbf }, { 0x4e00, 0xa48c }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6b },
	{ 0xff01, 0xff9d },	/* some join the voiced marks of half width to the kana */
	{ 0xffe0, 0xffe6 }, { 0xfffd, 0xfffd },
	{ 0x20000, 0x3fffd },
};

bool steady_width(uint32_t cp)
{
	size_t from = 0, to = sizeof steady / sizeof *steady;

	while (from < to) {
		size_t mid = (from + to) / 2;

		if (cp > steady[mid].to)
			from = mid + 1;
		else if (cp < steady[mid].from)
			to = mid;
		else
			return true;
	}
	return false;
}
