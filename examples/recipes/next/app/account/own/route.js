/** Sets a header of CORS itself. */
export function GET() {
  return Response.json({ ok: true }, { headers: { "Access-Control-Allow-Origin": "*" } });
}
