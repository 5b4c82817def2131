import { describe, expect, test } from "vitest";
import { ALLOW_ORIGIN, type Answer, API, answering } from "./answering.js";
import { thrownBy } from "./thrown-by.js";

describe("a redirect without the headers of CORS is told, where nothing can be read", () => {
  test.each([301, 302, 303, 307, 308])("a redirect to a login, with %i", async (status) => {
    const { page } = answering([500], [status, ["Location", "/login"]]);
    const { message } = await thrownBy(() => page.fetch(API).toBeReadable());
    expect(message.split("\n")[3]).toBe(
      "Fetch the URL that it redirects to, or mount the policy before what redirects.",
    );
  });

  const unmounted = "Something else than a policy answered: mount it on this path, and before the routes.";
  test.each([
    ["a redirect that says not where to", [302], unmounted],
    ["what was not modified", [304], unmounted],
    ["what was created elsewhere", [201, ["Location", "/orders/7"]], unmounted],
  ] as const)("%s", async (_, answer, guess) => {
    const { message } = await thrownBy(() => answering([500], answer).page.fetch(API).toBeReadable());
    expect(message.split("\n")[3]).toBe(guess);
  });
});

describe("a redirect that the page may follow is not judged", () => {
  test("by any assertion", async () => {
    const { page } = answering([500], [302, ALLOW_ORIGIN, ["Location", "https://www.example.com/"]]);
    for (const assert of ["toBeReadable", "toBeBlocked", "toExpose"] as const) {
      await expect(page.fetch(API)[assert]()).rejects.toThrow(
        "the answer redirects to https://www.example.com/ (302), which expectServer does not follow: fetch that URL. After a redirect to yet another origin, browsers send Origin: null",
      );
    }
    // A redirect without the headers of CORS ends the fetch by itself.
    const closed = answering([500], [302, ["Location", "https://www.example.com/"]]);
    await closed.page.fetch(API).toBeBlocked("allow-origin-missing");
  });

  const others: readonly (readonly [string, Answer])[] = [
    ["that says not where to", [302, ALLOW_ORIGIN]],
    ["that is not one, with 304", [304, ALLOW_ORIGIN, ["Location", "/orders/7"]]],
    ["that is not one, with 201", [201, ALLOW_ORIGIN, ["Location", "/orders/7"]]],
  ];
  test.each(others)("but one %s, is", async (_, answer) => {
    const { page } = answering([500], answer);
    expect(await page.fetch(API).toBeReadable()).toEqual({ status: answer[0], headers: {} });
  });
});
