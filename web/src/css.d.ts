declare module '*.css'
declare module '*?url' {
  const address: string
  // biome-ignore lint/style/noDefaultExport: this is how the build tool gives the address of a file
  export default address
}
