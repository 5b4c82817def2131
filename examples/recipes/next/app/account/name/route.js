const answer = () => Response.json({ ok: true }, { headers: { ETag: '"7"' } });

export { answer as GET, answer as PUT };
