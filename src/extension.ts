export function activate(): void {
  // Built up in the commits that follow.
}
