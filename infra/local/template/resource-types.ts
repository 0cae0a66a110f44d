/** How CloudFormation's return values look for a resource with a physical name. */
export interface ResourceType {
  /** The property that fixes the physical name; without it the name is made from stack and logical id. */
  nameProperty?: string;
  ref: (name: string, place: Place) => string;
  attributes: Record<string, (name: string, place: Place) => string>;
}

export interface Place {
  region: string;
  accountId: string;
  queueUrl: (queueName: string) => string;
}

type Attribute = (name: string, place: Place) => string;

const itself: Attribute = (name) => name;
const arn =
  (service: string, prefix = ''): Attribute =>
  (name, { region, accountId }) =>
    `arn:aws:${service}:${region}:${accountId}:${prefix}${name}`;
const globalArn =
  (service: string, prefix = ''): Attribute =>
  (name, { accountId }) =>
    `arn:aws:${service}::${accountId}:${prefix}${name}`;
const bucketDomain: Attribute = (name, { region }) => `${name}.s3.${region}.amazonaws.com`;
/** On a laptop there is only the first version of a layer. */
const layerVersion: Attribute = (name, place) => `${arn('lambda', 'layer:')(name, place)}:1`;
const policyType: ResourceType = { ref: itself, attributes: { Id: itself } };
const plain: ResourceType = { ref: itself, attributes: {} };

/** What the laptop plays: each of these types has a reader in inventory.ts. */
const played: Record<string, ResourceType> = {
  'AWS::ApiGatewayV2::Api': {
    ref: itself,
    attributes: {
      ApiEndpoint: (name, { region }) => `https://${name}.execute-api.${region}.amazonaws.com`,
      ApiId: itself,
    },
  },
  'AWS::ApiGatewayV2::Integration': plain,
  'AWS::ApiGatewayV2::Route': plain,
  'AWS::ApiGatewayV2::Stage': plain,
  'AWS::CloudFront::Distribution': {
    ref: itself,
    attributes: { DomainName: (name) => `${name.toLowerCase()}.cloudfront.net`, Id: itself },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { ref: itself, attributes: { Id: itself } },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    ref: itself,
    attributes: {
      Arn: arn('dynamodb', 'table/'),
      StreamArn: (name, place) => `${arn('dynamodb', 'table/')(name, place)}/stream/laptop`,
    },
  },
  'AWS::Events::Rule': { nameProperty: 'Name', ref: itself, attributes: { Arn: arn('events', 'rule/') } },
  'AWS::GuardDuty::MalwareProtectionPlan': {
    ref: itself,
    attributes: { Arn: arn('guardduty', 'malware-protection-plan/'), MalwareProtectionPlanId: itself },
  },
  'AWS::KMS::Alias': { nameProperty: 'AliasName', ref: itself, attributes: {} },
  'AWS::KMS::Key': { ref: itself, attributes: { Arn: arn('kms', 'key/'), KeyId: itself } },
  'AWS::Lambda::EventInvokeConfig': plain,
  'AWS::Lambda::EventSourceMapping': plain,
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    ref: itself,
    attributes: { Arn: arn('lambda', 'function:') },
  },
  'AWS::Lambda::LayerVersion': {
    nameProperty: 'LayerName',
    ref: layerVersion,
    attributes: { LayerVersionArn: layerVersion },
  },
  'AWS::Lambda::Permission': plain,
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    ref: itself,
    attributes: {
      Arn: (name) => `arn:aws:s3:::${name}`,
      DomainName: (name) => `${name}.s3.amazonaws.com`,
      RegionalDomainName: bucketDomain,
    },
  },
  'AWS::S3::BucketPolicy': plain,
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name', ref: itself, attributes: {} },
  'AWS::SES::ConfigurationSetEventDestination': plain,
  'AWS::SES::EmailIdentity': { nameProperty: 'EmailIdentity', ref: itself, attributes: {} },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: (name, { queueUrl }) => queueUrl(name),
    attributes: { Arn: arn('sqs'), QueueName: itself, QueueUrl: (name, { queueUrl }) => queueUrl(name) },
  },
  'AWS::SQS::QueuePolicy': plain,
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    ref: itself,
    attributes: { Arn: arn('scheduler', 'schedule/default/') },
  },
  'AWS::IAM::Policy': { nameProperty: 'PolicyName', ref: itself, attributes: {} },
  'AWS::IAM::ManagedPolicy': {
    ref: globalArn('iam', 'policy/'),
    attributes: { PolicyArn: globalArn('iam', 'policy/') },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    ref: itself,
    attributes: { Arn: globalArn('iam', 'role/'), RoleId: itself },
  },
  'Custom::CDKBucketDeployment': { ref: itself, attributes: { DestinationBucketArn: itself } },
};

/** What the laptop knows and need not play: nothing that a person or a function could notice comes of it. */
const inert: Record<string, ResourceType> = {
  'AWS::CDK::Metadata': plain,
  'AWS::CloudFormation::WaitConditionHandle': plain,
  'AWS::CloudFront::CachePolicy': policyType,
  'AWS::CloudFront::OriginAccessControl': policyType,
  'AWS::CloudFront::OriginRequestPolicy': policyType,
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    ref: itself,
    attributes: { Arn: arn('cloudwatch', 'alarm:') },
  },
  'AWS::CloudWatch::Dashboard': plain,
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    ref: itself,
    attributes: { Arn: (name, place) => `${arn('logs', 'log-group:')(name, place)}:*` },
  },
  'AWS::Logs::ResourcePolicy': plain,
  'AWS::SNS::Subscription': { ref: arn('sns'), attributes: {} },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: arn('sns'),
    attributes: { TopicArn: arn('sns'), TopicName: itself },
  },
  'AWS::SNS::TopicPolicy': plain,
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    ref: itself,
    attributes: { Arn: arn('scheduler', 'schedule-group/') },
  },
};

export const resourceTypes: Readonly<Record<string, ResourceType>> = { ...played, ...inert };
