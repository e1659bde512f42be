// What is sent has the shape that docs/message.schema.json declares.
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../docs/message.schema.json' with { type: 'json' };

export { schema };

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

/** What is wrong with a body, a line each. */
export function wrongWith(body: unknown): string[] {
  if (validate(body)) return [];
  return validate.errors!.map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}
