/** The words of a line of a tooltip: what, rounded, exact. */
export interface TooltipWords {
  readonly label: string;
  readonly rounded: string;
  readonly exact: string;
  readonly strong: boolean;
}
