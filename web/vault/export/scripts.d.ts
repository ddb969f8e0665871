/** The build puts the text of a script in its place. */
declare module "*.sh" {
  const text: string
  export default text
}
