/* pack - bytes that are seldom looked at, kept small; see pack.h */
#include "base/pack.h"
#include "base/mem.h"

#include <stdlib.h>
#include <zlib.h>

enum { LEVEL = 3 };		/* 6 takes three times as long for a tenth less */

void pack_put(struct pack *p, const char *bytes, size_t len)
{
	uLongf room = compressBound(len);
	int rc;

	pack_done(p);
	p->packed = mem_realloc(NULL, room, 1);
	rc = compress2(p->packed, &room, (const Bytef *)bytes, len, LEVEL);
	if (rc != Z_OK)
		mem_none();	/* there is room for the packed bytes, not for zlib */
	p->packed = mem_realloc(p->packed, room, 1);
	p->packed_len = room;
	p->len = len;
}

char *pack_take(struct pack *p)
{
	char *bytes = mem_realloc(NULL, p->len + 1, 1);
	uLongf len = p->len;
	int rc = Z_OK;

	if (p->packed)
		rc = uncompress((Bytef *)bytes, &len, p->packed, p->packed_len);
	if (rc == Z_MEM_ERROR)
		mem_none();
	if (rc != Z_OK || len != p->len)
		abort();	/* somebody wrote into it */
	bytes[len] = '\0';
	pack_done(p);
	return bytes;
}

void pack_done(struct pack *p)
{
	free(p->packed);
	*p = (struct pack){ 0 };
}
