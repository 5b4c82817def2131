/** What `cors-compile --help` prints; docs/cli.md shows the same. */
export const HELP = `cors-compile turns .cors policies into modules for @corslang/adapters.

usage: cors-compile [options] [file or folder …]         write modules beside the policies
       cors-compile check [options] [file or folder …]   check the policies, write nothing
       cors-compile fmt [options] [file or folder …]     put the policies into the one style there is
       cors-compile explain [options] FILE               say what becomes of a page's request by a policy, and why
       cors-compile diff [options] OLD NEW               say what a change of policies newly allows
       cors-compile init [file]                          write a commented policy to start from, api.cors

Without a file or folder, all .cors files below the current folder are taken, but for those in node_modules and in
folders whose name begins with a dot. A - is standard input; its module goes to standard output.

options:
  --out-dir DIR     write below DIR, in the same tree as below the given folder
  --emit KIND       what to write: module (NAME.cors.mjs and NAME.cors.d.mts) or json (NAME.cors.json); default: module
  --standalone      put the runtime into the module, which then imports nothing
  --profile NAME    compile for a profile, with what its when blocks say
  --profiles A,B    write one module for several profiles, of which forProfile(name) gives one
  --deny CODE       make an error of a warning; warnings is all of them; may be given several times
  --allow-outside   let imports leave the folder of the nearest package.json
  --quiet           print errors alone
  --help, -h        print this
  --version, -v     print the versions of the compiler and of its public suffix list

only to compile:
  --stdout          write to standard output (one policy file)
  --watch           go on, and compile again what changes; Ctrl-C ends it

only to check:
  --format FORMAT   how to report: pretty, json, sarif or github; default: pretty
  --fix             apply the fixes that are safe
  --outputs         fail when an output is missing, or is not what its policy compiles to

only for fmt:
  --check           name the files that are not in format, and write nothing
  --diff            show what would change, and write nothing

only to explain, beside --profile, --allow-outside and --format (pretty or json):
  --policy NAME     the policy, where the file has several; default: the one at the top level
  --origin ORIGIN   the origin of the page
  --method METHOD   the method of the request; default: GET
  --header HEADER   a request header, as 'Name: value' or Name; may be given several times
  --credentials     the page sends cookies, or what else a browser adds for credentials
  --read NAME       a response header that the page reads; may be given several times
  --curl COMMAND    the request as a curl command, as a browser's developer tools copy it
  --raw FILE        the request as raw HTTP

only to compare (OLD and NEW are two files or two folders), beside --format (pretty, markdown or json):
  --git REV[..REV]  compare with a revision, or two revisions; then file or folder … in place of OLD NEW
  --fail-on WHAT    end with 1 when anything is newly allowed (widened), or there is any change (changed)

exit codes: 0 fine, 1 a policy is at fault, 2 usage, or a file that could not be read or written
`;

/** Says what is wrong with how the command was called. */
export interface UsageProblem {
  readonly usage: string;
}
