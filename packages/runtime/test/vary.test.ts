import { describe, expect, test } from "vitest";
import { mergeVary } from "../src/index.js";

describe("mergeVary", () => {
  test.each([
    { title: "starts a value", value: undefined, names: "Origin", merged: "Origin" },
    { title: "starts a value with several names", value: null, names: "Origin, Accept", merged: "Origin, Accept" },
    { title: "takes an empty value for none", value: "", names: "Origin", merged: "Origin" },
    { title: "takes a blank value for none", value: " , ", names: "Origin", merged: "Origin" },
    { title: "has nothing to say", value: undefined, names: "", merged: "" },
    { title: "keeps what is there", value: "Accept-Encoding", names: "", merged: "Accept-Encoding" },
    { title: "adds to what is there", value: "Accept-Encoding", names: "Origin", merged: "Accept-Encoding, Origin" },
    { title: "adds no name twice", value: "Origin", names: "Origin", merged: "Origin" },
    { title: "knows a name in another case", value: "accept, oRIGIN", names: "Origin", merged: "accept, oRIGIN" },
    { title: "does not take a part for the name", value: "X-Origin", names: "Origin", merged: "X-Origin, Origin" },
    { title: "removes repeats", value: "Origin, origin,Accept", names: "Origin", merged: "Origin, Accept" },
    { title: "removes empty elements", value: ",Accept,,", names: "Origin", merged: "Accept, Origin" },
    { title: "leaves * as it is", value: "*", names: "Origin", merged: "*" },
    { title: "leaves * among names as it is", value: "Accept, *", names: "Origin", merged: "Accept, *" },
  ])("$title: $value", ({ value, names, merged }) => {
    expect(mergeVary(value, names)).toBe(merged);
  });

  test("comes to the same when it is applied again", () => {
    const once = mergeVary("Accept", "Origin, Access-Control-Request-Method");

    expect(mergeVary(once, "Origin, Access-Control-Request-Method")).toBe(once);
  });
});
