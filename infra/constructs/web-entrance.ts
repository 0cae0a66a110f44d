import { Duration, Fn } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { originHeader } from './origin-secret.ts';
import { pinLogicalId } from './pin-logical-id.ts';

export type WebEntranceProps = {
  stage: Stage;
  api: HttpApi;
  /** Added to each request to the API; undefined where functions answer whoever asks. */
  originSecret: string | undefined;
  firewallArn: string | undefined;
  assets: IBucket;
  /** Files of public documents, under the key that is their path: documents/files/... */
  published: IBucket;
  accessLogs: IBucket;
  /** Paths of which nothing may ever be kept by CloudFront, whatever the answer's headers say. */
  neverCached: readonly string[];
};

const year = Duration.days(365);
const longestPublished = Duration.minutes(5);

/**
 * For files that people open in their browsers: nothing in them runs, loads anything from elsewhere or sends anything.
 * Without `sandbox`, which would add nothing to that and keep PDF viewers that count as plugins from opening. docs/adr/0070.
 */
const filePolicy = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "object-src 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * CloudFront in front of everything. Pages go to the HTTP API and are kept only as long as the answer's own
 * Cache-Control says (not at all when it says nothing); assets come from their bucket and are kept for a year,
 * because their names change with their content; files of public documents come from theirs and are kept for minutes.
 */
export class WebEntrance extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: WebEntranceProps) {
    super(scope, id);
    const { stage } = props;
    const pages = this.#pages(props);
    const nothingKept = { ...pages, cachePolicy: CachePolicy.CACHING_DISABLED };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `folkmoot ${stage.name}`,
      defaultBehavior: pages,
      additionalBehaviors: {
        'assets/*': this.#assets(props.assets),
        'documents/files/*': this.#publishedFiles(props.published),
        ...Object.fromEntries(props.neverCached.map((pattern) => [pattern, nothingKept])),
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      logBucket: props.accessLogs,
      logFilePrefix: 'cloudfront/',
      // Cookies are sessions: they stay out of the logs.
      logIncludesCookies: false,
      ...(props.firewallArn && { webAclId: props.firewallArn }),
      ...(stage.customDomain && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [stage.customDomain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', stage.customDomain.certificateArn),
      }),
    });
    // Another distribution would have another name, and the DNS record of the public address would lead nowhere.
    pinLogicalId(this.distribution, 'Distribution');
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'People who live here may be anywhere when they want to be heard.',
      ...(!props.firewallArn && {
        'AwsSolutions-CFR2':
          'API Gateway throttles all requests together and the functions limit each visitor; whether a web ' +
          'application firewall is worth its price is for each authority to decide (`firewall` of a stage).',
      }),
      'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk':
        'The buckets answer below /assets/ and /documents/files/ only, where nothing is secret; the root of the ' +
        'address is a page.',
      ...(!stage.customDomain && {
        'AwsSolutions-CFR4':
          'A stage without a name of its own uses the certificate of CloudFront, which fixes the protocol. ' +
          'Stages with a customDomain demand TLS 1.2.',
      }),
    });
  }

  #pages({ api, originSecret }: WebEntranceProps): BehaviorOptions {
    return {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        ...(originSecret && { customHeaders: { [originHeader]: originSecret } }),
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Everything but Host, which has to be the API's own name.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      cachePolicy: new CachePolicy(this, 'PageCache', {
        comment: 'Pages: as long as the answer itself says',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: Duration.days(1),
        queryStringBehavior: CacheQueryStringBehavior.all(),
        // Not in the key: an answer that depends on a cookie says "private" or "no-store".
        cookieBehavior: CacheCookieBehavior.none(),
        headerBehavior: CacheHeaderBehavior.none(),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      responseHeadersPolicy: this.#headers('PageHeaders'),
    };
  }

  #assets(bucket: IBucket): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        // Without the right to list, S3 answers 403 where there is nothing, and people are told of a permission.
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy: this.#headers('AssetHeaders', {
        customHeadersBehavior: {
          customHeaders: [
            {
              header: 'cache-control',
              value: `public, max-age=${year.toSeconds()}, immutable`,
              override: true,
            },
          ],
        },
      }),
    };
  }

  /** Kept as long as the object itself says, and for minutes at most: what is withdrawn has to be gone. */
  #publishedFiles(bucket: IBucket): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: new CachePolicy(this, 'PublishedCache', {
        comment: 'Files of documents: as long as each of them says, at most minutes',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: longestPublished,
        queryStringBehavior: CacheQueryStringBehavior.none(),
        cookieBehavior: CacheCookieBehavior.none(),
        headerBehavior: CacheHeaderBehavior.none(),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      compress: true,
      responseHeadersPolicy: this.#headers('PublishedHeaders', { contentSecurityPolicy: filePolicy }),
    };
  }

  /** The functions set these headers themselves; CloudFront adds them to what comes from elsewhere. */
  #headers(
    id: string,
    {
      contentSecurityPolicy,
      ...more
    }: Pick<ResponseHeadersPolicyProps, 'customHeadersBehavior'> & { contentSecurityPolicy?: string } = {},
  ): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        strictTransportSecurity: { accessControlMaxAge: year, includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: false },
        referrerPolicy: {
          referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: false,
        },
        ...(contentSecurityPolicy && {
          contentSecurityPolicy: { contentSecurityPolicy, override: true },
        }),
      },
      ...more,
    });
  }
}
