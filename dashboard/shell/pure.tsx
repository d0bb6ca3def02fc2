import { Component, type ComponentType, type FunctionComponent } from "preact";

/**
 * A component that is drawn again only when one of its props is another. Elements must not be kept and given again
 * instead: each holds on to its parent of that time, and so to everything that was ever drawn beside it.
 */
export function pure<Props extends object>(View: FunctionComponent<Props>): ComponentType<Props> {
  return class Pure extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const before = this.props as Props;
      const names = Object.keys(next) as (keyof Props)[];
      return names.length !== Object.keys(before).length || names.some((name) => next[name] !== before[name]);
    }

    override render() {
      return <View {...(this.props as Props)} />;
    }
  };
}
