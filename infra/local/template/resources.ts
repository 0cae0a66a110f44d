import type { ResolvedResource } from './resolve.ts';
import { TemplateError } from './template-error.ts';

/** All resources of an assembly, to be found by what refers to them. */
export class Resources {
  readonly #all: ResolvedResource[];
  readonly #namePrefix: string;

  constructor(all: ResolvedResource[], namePrefix: string) {
    this.#all = all;
    this.#namePrefix = namePrefix;
  }

  ofType(type: string): ResolvedResource[] {
    return this.#all.filter((resource) => resource.type === type);
  }

  /** The resource of a type with this ARN (or physical name). `user` is who refers to it, for the error. */
  find(type: string, reference: string, user: ResolvedResource): ResolvedResource {
    const found = this.ofType(type).find(
      ({ arn, physicalName }) => arn === reference || physicalName === reference,
    );
    if (found) return found;
    throw new TemplateError(user.stack, user.logicalId, `there is no ${type} ${reference}.`);
  }

  /** Custom resources of the CDK name the function that carries them out in AWS; the laptop does it itself. */
  isProvider({ arn }: ResolvedResource): boolean {
    return this.#all.some(
      ({ type, properties }) => type.startsWith('Custom::') && properties.ServiceToken === arn,
    );
  }

  /** The name by which people know it. */
  shortName({ physicalName }: ResolvedResource): string {
    return physicalName.startsWith(this.#namePrefix)
      ? physicalName.slice(this.#namePrefix.length)
      : physicalName;
  }

  functionName(reference: string, user: ResolvedResource): string {
    return this.shortName(this.find('AWS::Lambda::Function', reference, user));
  }

  queueName(arn: string, user: ResolvedResource): string {
    return this.find('AWS::SQS::Queue', arn, user).physicalName;
  }
}
