import { createHash } from 'node:crypto';
import type { Assembly, Resource, Stack } from './assembly.ts';
import { type Place, resourceTypes } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

export interface ResolvedResource {
  stack: string;
  logicalId: string;
  type: string;
  /** As the laptop's engines know it; what `Ref` and the ARNs are made from. */
  physicalName: string;
  arn: string | undefined;
  properties: Record<string, unknown>;
}

const noValue = Symbol('AWS::NoValue');

/** The longest name that all named services take. */
const NAME_LIMIT = 63;

interface Where {
  stack: Stack;
  logicalId: string;
}

/**
 * Resolves every property of every resource of an assembly. Throws a TemplateError for a resource type, an
 * intrinsic function, an attribute or a reference that it does not know.
 */
export function resolveAssembly(
  assembly: Assembly,
  values: { accountId: string; queueUrl: (name: string) => string },
): ResolvedResource[] {
  const resolver = new Resolver(assembly, values);
  return assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {})
      .filter(([logicalId, resource]) => resolver.exists(stack, logicalId, resource))
      .map(([logicalId, resource]) => resolver.resolveResource(stack, logicalId, resource)),
  );
}

class Resolver {
  readonly #assembly: Assembly;
  readonly #values: { accountId: string; queueUrl: (name: string) => string };

  constructor(assembly: Assembly, values: { accountId: string; queueUrl: (name: string) => string }) {
    this.#assembly = assembly;
    this.#values = values;
  }

  exists(stack: Stack, logicalId: string, resource: Resource): boolean {
    return resource.Condition === undefined || this.#condition({ stack, logicalId }, resource.Condition);
  }

  resolveResource(stack: Stack, logicalId: string, resource: Resource): ResolvedResource {
    const where = { stack, logicalId };
    const { attributes } = this.#type(where, resource);
    const physicalName = this.#physicalName(where, resource);
    return {
      stack: stack.name,
      logicalId,
      type: resource.Type,
      physicalName,
      arn: attributes.Arn?.(physicalName, this.#place(stack)),
      properties: this.#resolve(where, resource.Properties ?? {}) as Record<string, unknown>,
    };
  }

  #place(stack: Stack): Place {
    return { region: stack.region, ...this.#values };
  }

  #type({ stack, logicalId }: Where, resource: Resource): (typeof resourceTypes)[string] {
    const type = Object.hasOwn(resourceTypes, resource.Type) ? resourceTypes[resource.Type] : undefined;
    if (type) return type;
    throw new TemplateError(
      stack.name,
      logicalId,
      `the laptop does not know the resource type ${resource.Type}.`,
    );
  }

  #physicalName(where: Where, resource: Resource): string {
    const { nameProperty } = this.#type(where, resource);
    const given = nameProperty ? resource.Properties?.[nameProperty] : undefined;
    if (given !== undefined) return String(this.#resolve(where, given));
    const name = `${where.stack.name}-${where.logicalId}`;
    const made = name.length <= NAME_LIMIT ? name : `${name.slice(0, NAME_LIMIT - 9)}-${digest(name)}`;
    return resource.Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
  }

  #resolve(where: Where, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(where, item)).filter((item) => item !== noValue);
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only && entries.length === 1 && isIntrinsic(only[0])) return this.#call(where, only[0], only[1]);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, this.#resolve(where, item)]).filter(([, item]) => item !== noValue),
    );
  }

  #call(where: Where, name: string, argument: unknown): unknown {
    const list = () => this.#list(where, name, argument);
    switch (name) {
      case 'Ref':
        return this.#ref(where, String(argument));
      case 'Fn::GetAtt':
        return this.#getAtt(where, argument);
      case 'Fn::Join':
        return this.#join(where, list());
      case 'Fn::Sub':
        return this.#sub(where, argument);
      case 'Fn::Select':
        return this.#select(where, list());
      case 'Fn::Split': {
        const [separator, text] = list();
        return String(text).split(String(separator));
      }
      case 'Fn::If':
        return this.#if(where, argument);
      case 'Fn::ImportValue':
        return this.#importValue(where, String(this.#resolve(where, argument)));
      case 'Fn::GetStackOutput':
        return this.#getStackOutput(where, this.#resolve(where, argument) as Record<string, unknown>);
      case 'Fn::FindInMap':
        return this.#findInMap(where, list());
      default:
        return this.#fail(where, `the laptop does not know the intrinsic function ${name}.`);
    }
  }

  #list(where: Where, name: string, argument: unknown): unknown[] {
    const resolved = this.#resolve(where, argument);
    return Array.isArray(resolved) ? resolved : this.#fail(where, `${name} takes a list.`);
  }

  #join(where: Where, [separator, parts]: unknown[]): string {
    if (!Array.isArray(parts)) return this.#fail(where, 'Fn::Join takes a separator and a list.');
    return parts.join(String(separator));
  }

  #select(where: Where, [index, items]: unknown[]): unknown {
    const item = Array.isArray(items) ? items[Number(index)] : undefined;
    return item ?? this.#fail(where, `Fn::Select finds nothing at ${index}.`);
  }

  #sub(where: Where, argument: unknown): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return String(this.#resolve(where, variables[name]));
      if (!name.includes('.') || name.startsWith('AWS::')) return String(this.#ref(where, name));
      return this.#getAtt(where, name);
    });
  }

  #ref(where: Where, name: string): unknown {
    const pseudo = this.#pseudoParameter(where.stack, name);
    if (pseudo !== undefined) return pseudo;
    const parameter = where.stack.template.Parameters?.[name];
    if (parameter) {
      const isPlain = parameter.Default !== undefined && !parameter.Type.startsWith('AWS::SSM::');
      return isPlain
        ? parameter.Default
        : this.#fail(where, `the parameter ${name} has no value on the laptop.`);
    }
    const resource = this.#find(where, name);
    const target = { stack: where.stack, logicalId: name };
    return this.#type(target, resource).ref(this.#physicalName(target, resource), this.#place(where.stack));
  }

  #getAtt(where: Where, argument: unknown): string {
    const [logicalId = '', ...rest] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    const attribute = rest.join('.');
    const resource = this.#find(where, logicalId);
    const target = { stack: where.stack, logicalId };
    const read = this.#type(target, resource).attributes[attribute];
    if (!read)
      return this.#fail(
        where,
        `the laptop does not know the attribute ${logicalId}.${attribute} of ${resource.Type}.`,
      );
    return read(this.#physicalName(target, resource), this.#place(where.stack));
  }

  #find(where: Where, logicalId: string): Resource {
    const resources = where.stack.template.Resources ?? {};
    const found = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    return found ?? this.#fail(where, `there is no ${logicalId} to refer to.`);
  }

  #pseudoParameter({ name, region }: Stack, parameter: string): unknown {
    switch (parameter) {
      case 'AWS::AccountId':
        return this.#values.accountId;
      case 'AWS::Region':
        return region;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return name;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${region}:${this.#values.accountId}:stack/${name}/laptop`;
      case 'AWS::NoValue':
        return noValue;
      default:
        return undefined;
    }
  }

  #importValue(where: Where, name: string): unknown {
    for (const stack of this.#assembly.stacks) {
      for (const [logicalId, output] of Object.entries(stack.template.Outputs ?? {})) {
        const source = { stack, logicalId };
        if (output.Export && this.#resolve(source, output.Export.Name) === name) {
          return this.#resolve(source, output.Value);
        }
      }
    }
    return this.#fail(where, `no stack exports ${name}.`);
  }

  #getStackOutput(where: Where, argument: Record<string, unknown>): unknown {
    const { StackName, OutputName } = argument;
    const stack = this.#assembly.stacks.find(({ name }) => name === StackName);
    const output = stack?.template.Outputs?.[String(OutputName)];
    if (!stack || !output) return this.#fail(where, `the stack ${StackName} has no output ${OutputName}.`);
    return this.#resolve({ stack, logicalId: String(OutputName) }, output.Value);
  }

  #findInMap(where: Where, [map, first, second]: unknown[]): unknown {
    const value = where.stack.template.Mappings?.[String(map)]?.[String(first)]?.[String(second)];
    return value ?? this.#fail(where, `the mapping ${map} has no ${first}, ${second}.`);
  }

  #if(where: Where, argument: unknown): unknown {
    if (!Array.isArray(argument)) return this.#fail(where, 'Fn::If takes a list.');
    const [name, yes, no] = argument;
    return this.#resolve(where, this.#condition(where, String(name)) ? yes : no);
  }

  #condition(where: Where, name: string): boolean {
    const conditions = where.stack.template.Conditions ?? {};
    if (!Object.hasOwn(conditions, name)) return this.#fail(where, `there is no condition ${name}.`);
    return this.#holds({ stack: where.stack, logicalId: name }, conditions[name]);
  }

  #holds(where: Where, condition: unknown): boolean {
    const [[name, argument] = ['', undefined]] = Object.entries(condition as Record<string, unknown>);
    const parts = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.#condition(where, String(argument));
      case 'Fn::Equals':
        return this.#resolve(where, parts[0]) === this.#resolve(where, parts[1]);
      case 'Fn::Not':
        return !this.#holds(where, parts[0]);
      case 'Fn::And':
        return parts.every((part) => this.#holds(where, part));
      case 'Fn::Or':
        return parts.some((part) => this.#holds(where, part));
      default:
        return this.#fail(where, `the laptop does not know the condition function ${name}.`);
    }
  }

  #fail({ stack, logicalId }: Where, problem: string): never {
    throw new TemplateError(stack.name, logicalId, problem);
  }
}

const isIntrinsic = (key: string): boolean => key === 'Ref' || key.startsWith('Fn::');
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
