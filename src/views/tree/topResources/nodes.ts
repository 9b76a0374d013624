import type { SampledResource, TopResources } from '../../../insights/topResources/topResources';
import type { RowNode } from '../node';

/** Asks for a sample of hours when it is opened. */
export interface TopResourcesNode extends RowNode {
  readonly kind: 'topResources';
}

/** Describes the sample in the resources below it. */
export interface SampleNode extends RowNode {
  readonly kind: 'sample';
  readonly sample: TopResources;
}

export interface TopResourceNode extends RowNode {
  readonly kind: 'topResource';
  readonly resource: SampledResource;
  readonly sample: TopResources;
}
