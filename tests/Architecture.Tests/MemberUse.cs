using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Distributed.Architecture.Tests;

/// <summary>Which members of other assemblies an assembly's code names, read from its metadata.</summary>
internal static class MemberUse
{
    /// <summary>"Namespace.Type.Member" of every member reference; nested and constructed types by their definition's name.</summary>
    public static IReadOnlySet<string> Of(string assembly)
    {
        using var file = File.OpenRead(Assembly.Load(assembly).Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (TypeOf(metadata, member.Parent) is { } type) names.Add($"{type}.{metadata.GetString(member.Name)}");
        }

        return names;
    }

    private static string? TypeOf(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)parent)),
        HandleKind.TypeSpecification => OfSpecification(metadata, (TypeSpecificationHandle)parent),
        _ => null,
    };

    private static string NameOf(MetadataReader metadata, TypeReference type) =>
        $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    /// <summary>GENERICINST CLASS|VALUETYPE TypeDefOrRef … (ECMA-335 II.23.2.12).</summary>
    private static string? OfSpecification(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        blob.ReadByte();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type)) : null;
    }
}
