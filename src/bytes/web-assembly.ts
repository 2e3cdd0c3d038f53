/** The part of WebAssembly that is used: the compiler's own library has it only together with the browser's. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => KernelMemory
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  readonly RuntimeError: new () => Error
}

/** Memory that a kernel works in. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
}

/** WebAssembly counts its memory in pages of so many bytes. */
const PAGE = 65_536

/**
 * Memory of that many bytes, which never grows: views on it stay.
 *
 * @param size a multiple of 64 KiB
 * @throws where WebAssembly or so much address space is refused
 */
export function kernelMemory(size: number): KernelMemory {
  const pages = size / PAGE
  return new WebAssembly.Memory({ initial: pages, maximum: pages })
}

/**
 * Starts a kernel.
 *
 * @param base64 the compiled module
 * @param imports what it asks for, by module
 * @returns what it exports
 * @throws where WebAssembly is refused, or knows less than the module needs
 */
export function startKernel(base64: string, imports: object): object {
  const text = atob(base64)
  const code = new Uint8Array(text.length)
  for (let i = 0; i < code.length; i++) code[i] = text.charCodeAt(i)
  return new WebAssembly.Instance(new WebAssembly.Module(code), imports).exports
}

/** True when a kernel has stopped at something that it may not do. */
export function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError
}
