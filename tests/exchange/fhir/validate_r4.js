// What npm's two validators of R4 find in the bundles named on the command line, as JSON: a list for each file.
// FHIR_VALIDATORS is the node_modules folder that has both.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const from = (name) => require(join(process.env.FHIR_VALIDATORS, name));
const fhir = new (from("fhir").Fhir)();
const schema = new (from("@asymmetrik/fhir-json-schema-validator"))();

const wrong = (bundle) => [
  ...fhir
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((one) => one.severity === "error" || one.severity === "fatal")
    .map((one) => `fhir: ${one.location}: ${one.message}`),
  ...schema.validate(bundle).map((one) => `schema: ${one.dataPath}: ${one.message}`),
];
console.log(JSON.stringify(process.argv.slice(2).map((file) => wrong(JSON.parse(readFileSync(file, "utf8"))))));
