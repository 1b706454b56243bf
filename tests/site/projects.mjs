// Small projects of our own: one that is read from right to left, and one that means harm.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const write = (folder, files) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

const front = (title) => `---\ntitle: ${title}\ndescription: ${title}.\n---\n`;

export const rightToLeft = (folder) =>
  write(folder, {
    "en-us/TOC.yml": "- name: Garden\n  items:\n  - name: Water the plants\n    href: water.md\n  - name: Open the gate\n    href: gate.md\n",
    "en-us/water.md": `${front("Water the plants")}# Water the plants

You must water the plants within 3 days after planting.

## Turn on the water

1. Open the **Valve**.
2. Wait for 10 minutes.
   1. Look at the meter.
   2. Write down the number.

> [!NOTE]
> The water is cold.

See [Open the gate](gate.md#use-the-key).

| Plant | Litres |
|---|---|
| Rose | 2 |
`,
    "en-us/gate.md": `${front("Open the gate")}# Open the gate

## Use the key

1. Take the key.
2. Turn the key, and then push the gate.
`,
    "ar-sa/TOC.yml": "- name: الحديقة\n  items:\n  - name: سقي النباتات\n    href: water.md\n  - name: فتح البوابة\n    href: gate.md\n",
    "ar-sa/water.md": `${front("سقي النباتات")}# <a name="water-the-plants"></a>سقي النباتات

يجب سقي النباتات في غضون 3 أيام بعد الزراعة.

## <a name="turn-on-the-water"></a>تشغيل الماء

1. افتح **الصمام**.
2. انتظر لمدة 10 دقائق.
   1. انظر إلى العداد.
   2. Write down the number.

> [!NOTE]
> الماء بارد.

انظر [فتح البوابة](gate.md#use-the-key).

| النبات | اللترات |
|---|---|
| وردة | 2 |
`,
    "ar-sa/gate.md": `${front("فتح البوابة")}# <a name="open-the-gate"></a>فتح البوابة

## <a name="use-the-key"></a>استخدام المفتاح

1. خذ المفتاح.
2. أدر المفتاح، ثم ادفع البوابة.
`,
  });

const evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";

export const harmful = (folder) =>
  write(folder, {
    "en-us/evil.md": `${front("'\"><script>alert(3)</script>'")}# Evil \`${evil}\`

Text ${evil} and [a link](javascript:alert(4)), [another](data:text/html,<script>alert(5)</script>), [out](../../../../etc/passwd), \\<script\\>alert(6)\\</script\\>.

![picture " onerror="alert(7)](../../../../etc/passwd.png) ![far](https://example.org/track.png)

## Run \\"\\>\\<svg onload=alert(8)\\>

1. Select \`</script><script>alert(9)</script>\`.
2. Open [the page](https://example.org/"onmouseover="alert(10)).

\`\`\`html"><script>alert(11)</script>
</code></pre><script>alert(12)</script>
\`\`\`

## <a name='x" onclick="alert(13)'></a>Heading

{{ page.title }} {% raw %} &lt;b&gt;
`,
    "en-us/con.md": `${front("Con")}# Con\n\n1. Open the page.\n2. Select **Save**.\n`,
    "en-us/CON.MD/readme.md": `${front("Readme")}# Readme\n\nText.\n`,
    "en-us/index.md": `${front("Index")}# Index\n\nText.\n`,
  });
