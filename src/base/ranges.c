#include "base/ranges.h"

bool ranges_have(const struct range *ranges, size_t n, uint32_t cp)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (cp > ranges[middle].to)
			from = middle + 1;
		else if (cp < ranges[middle].from)
			to = middle;
		else
			return true;
	}
	return false;
}
