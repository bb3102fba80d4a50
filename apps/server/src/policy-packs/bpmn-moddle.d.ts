/** The part of bpmn-moddle that we use; the package ships no declarations for its entry. */
declare module 'bpmn-moddle' {
  /** An element of a BPMN file; lists such as `incoming` are there from the beginning. */
  export interface ModdleElement {
    readonly $type: string;
    readonly id: string;
    get(list: string): ModdleElement[];
  }
  export class BpmnModdle {
    create(type: string, properties: Readonly<Record<string, unknown>>): ModdleElement;
    toXML(element: ModdleElement, options?: { readonly format?: boolean }): Promise<{ xml: string }>;
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { readonly message: string }[] }>;
  }
}
