using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WeToo.Tests.Rules;

/// <summary>What an assembly's code names outside itself, read from its metadata: no reference can hide.</summary>
/// <param name="Assemblies">Simple names.</param>
/// <param name="Types">Full names.</param>
/// <param name="Members">Full name of the type, a dot, name of the member.</param>
/// <param name="Natives">Functions imported from native libraries.</param>
internal sealed record References(
    IReadOnlySet<string> Assemblies, IReadOnlySet<string> Types, IReadOnlySet<string> Members, IReadOnlySet<string> Natives)
{
    internal static References Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Rules.Assemblies.Load(assembly).Location));
        var metadata = file.GetMetadataReader();
        return new References(
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet(),
            metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).ToHashSet(),
            metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}").ToHashSet(),
            metadata.MethodDefinitions.Select(handle => metadata.GetMethodDefinition(handle).GetImport())
                .Where(import => !import.Name.IsNil).Select(import => metadata.GetString(import.Name)).ToHashSet());
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
