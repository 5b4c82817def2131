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
    { title: "spells a name as it is spelled last", value: "origin", names: "Origin", merged: "Origin" },
    { title: "leaves a name where it is", value: "oRIGIN, accept", names: "Origin", merged: "Origin, accept" },
    { title: "spells no other name anew", value: "ACCEPT, Vary", names: "Origin", merged: "ACCEPT, Vary, Origin" },
    { title: "does not take a part for the name", value: "X-Origin", names: "Origin", merged: "X-Origin, Origin" },
    { title: "takes no letter beyond ASCII for others", value: "ß, ss", names: "Origin", merged: "ß, ss, Origin" },
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
