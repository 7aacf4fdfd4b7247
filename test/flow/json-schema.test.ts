import { expect, test } from "vitest";
import { flowJsonSchema } from "../../src/flow/json-schema.ts";
import { FlowNode } from "../../src/flow/schema.ts";

test("every kind of file has a schema that JSON can carry", () => {
  const schemas = flowJsonSchema();
  expect([...schemas.keys()].sort()).toEqual([
    "campaign",
    "do-not-use",
    "flow",
    "form",
    "guide",
    "month",
    "needs",
    "plan",
    "program",
    "quiz",
    "receivers",
    "services",
    "statements",
    "tips",
  ]);
  for (const [name, schema] of schemas) {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema, name).toMatchObject({ type: "object", additionalProperties: false });
  }
});

test("the flow schema knows every node kind, and asks only for what a person must write", () => {
  const flow = JSON.stringify(flowJsonSchema().get("flow"));
  for (const option of FlowNode.options) {
    expect(flow).toContain(JSON.stringify({ type: "string", const: option.shape.kind.value }));
  }
  expect(flowJsonSchema().get("flow")).toMatchObject({ required: ["flow", "version", "start", "nodes"] });
});
