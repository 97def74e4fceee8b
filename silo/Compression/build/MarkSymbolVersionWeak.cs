using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Sets VER_FLG_WEAK on one entry of a shared library's .gnu.version_r section (ELF64, little endian).</summary>
public sealed class MarkSymbolVersionWeak : Task
{
    private const ushort Weak = 0x2;
    private const uint VersionNeedsSection = 0x6ffffffe;

    [Required]
    public string Library { get; set; }

    [Required]
    public string SymbolVersion { get; set; }

    public override bool Execute()
    {
        byte[] file = File.ReadAllBytes(Library);
        if (file.Length < 64 || BitConverter.ToUInt32(file, 0) != 0x464c457f || file[4] != 2 || file[5] != 1)
        {
            return true;
        }

        int flags = FindFlags(file);
        if (flags < 0 || (BitConverter.ToUInt16(file, flags) & Weak) != 0)
        {
            return true;
        }

        using (var stream = new FileStream(Library, FileMode.Open, FileAccess.Write, FileShare.Read))
        {
            stream.Position = flags;
            stream.WriteByte((byte)(file[flags] | Weak));
        }

        Log.LogMessage(MessageImportance.Normal, "Marked {0} as weak in {1}.", SymbolVersion, Library);
        return true;
    }

    /// <summary>The file offset of vna_flags of the entry that names <see cref="SymbolVersion"/>, or -1.</summary>
    private int FindFlags(byte[] file)
    {
        long headers = BitConverter.ToInt64(file, 0x28);
        int size = BitConverter.ToUInt16(file, 0x3a);
        int count = BitConverter.ToUInt16(file, 0x3c);
        for (int i = 0; i < count; i++)
        {
            int header = (int)(headers + ((long)i * size));
            if (BitConverter.ToUInt32(file, header + 4) != VersionNeedsSection)
            {
                continue;
            }

            int section = (int)BitConverter.ToInt64(file, header + 0x18);
            int strings = (int)(headers + ((long)BitConverter.ToUInt32(file, header + 0x28) * size));
            return FindInSection(file, section, (int)BitConverter.ToInt64(file, strings + 0x18));
        }

        return -1;
    }

    private int FindInSection(byte[] file, int need, int strings)
    {
        while (true)
        {
            int auxiliary = need + (int)BitConverter.ToUInt32(file, need + 8);
            for (int i = BitConverter.ToUInt16(file, need + 2); i > 0; i--)
            {
                if (NameAt(file, strings + (int)BitConverter.ToUInt32(file, auxiliary + 8)) == SymbolVersion)
                {
                    return auxiliary + 4;
                }

                auxiliary += (int)BitConverter.ToUInt32(file, auxiliary + 12);
            }

            uint next = BitConverter.ToUInt32(file, need + 12);
            if (next == 0)
            {
                return -1;
            }

            need += (int)next;
        }
    }

    private static string NameAt(byte[] file, int start)
    {
        return Encoding.ASCII.GetString(file, start, Array.IndexOf(file, (byte)0, start) - start);
    }
}
