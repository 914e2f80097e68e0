/** Leadership Learning Log, "Activity 1: Looking Back": sixteen questions in fixed wording, and a hint of ours to each. */
export const leadershipLearningLog1 = {
  id: 'leadership-learning-log@1',
  questions: [
    {
      en: 'What did I do?',
      'zh-CN': '我做了什么？',
      hint: {
        en: 'As if somebody had watched you: where, how long, what you said and asked.',
        'zh-CN': '就像有人在旁边看着：在哪里、多久、你说了什么、问了什么。',
      },
    },
    {
      en: 'How do I think/feel about this?',
      'zh-CN': '我对此有什么想法和感受？',
      hint: {
        en: 'The first word that comes to mind is often the right one.',
        'zh-CN': '最先想到的那个词，往往就是对的。',
      },
    },
    {
      en: 'What did I plan to do but did not do (leadership actions)?',
      'zh-CN': '我原本计划做、却没有做的是什么（领导行动）？',
      hint: {
        en: 'Look at your plan for the session. What stayed undone, and what got in the way?',
        'zh-CN': '看看你当时的计划：什么没有做到？是什么挡住了？',
      },
    },
    {
      en: 'What additional leadership actions should I have taken?',
      'zh-CN': '我本来还应该采取哪些领导行动？',
      hint: { en: 'With what you know now: what else would have helped?', 'zh-CN': '以你现在所知：还有什么会有帮助？' },
    },
    {
      en: 'How well (or badly) did it go?',
      'zh-CN': '进展得有多好（或多糟）？',
      hint: {
        en: 'For you, and for the person you coached. How can you tell?',
        'zh-CN': '对你、对你辅导的人来说，分别如何？你是怎么看出来的？',
      },
    },
    {
      en: 'What did I learn?',
      'zh-CN': '我学到了什么？',
      hint: { en: 'One thing you did not know before this session.', 'zh-CN': '这次对话之前你还不知道的一件事。' },
    },
    {
      en: 'What will I do differently next time (stop, start, continue)?',
      'zh-CN': '下一次我会有哪些不同的做法（停止、开始、继续）？',
      hint: { en: 'One thing to stop, one to start, one to continue.', 'zh-CN': '停止一件，开始一件，继续一件。' },
    },
    {
      en: 'How will I do it differently next time?',
      'zh-CN': '下一次我将怎样以不同的方式去做？',
      hint: { en: 'The first small step, and when you will take it.', 'zh-CN': '第一小步是什么？什么时候迈出？' },
    },
    {
      en: 'What have I achieved – business results?',
      'zh-CN': '我取得了什么成果——业务结果？',
      hint: {
        en: 'What is different in the work now? A small result counts.',
        'zh-CN': '工作上现在有什么不同？小的成果也算。',
      },
    },
    {
      en: 'What have I achieved – my leadership development?',
      'zh-CN': '我取得了什么成果——我的领导力发展？',
      hint: {
        en: 'What can you do now that was hard for you before?',
        'zh-CN': '有什么是以前对你很难、现在能做到的？',
      },
    },
    {
      en: 'What have I learnt about myself as a leader?',
      'zh-CN': '作为领导者，我对自己有了哪些认识？',
      hint: { en: 'What surprised you about yourself?', 'zh-CN': '关于自己，有什么让你意外？' },
    },
    {
      en: 'How have I put theory into practice?',
      'zh-CN': '我是怎样把理论付诸实践的？',
      hint: {
        en: 'Which idea from the master class did you use, and at what moment?',
        'zh-CN': '你用了大师班里的哪个想法？在哪个时刻？',
      },
    },
    {
      en: 'How does what I have been doing lead to me becoming better at a particular leadership skill?',
      'zh-CN': '我一直在做的事情，怎样使我的某项领导技能变得更好？',
      hint: {
        en: 'Name one skill: listening, asking, giving time. How is it growing?',
        'zh-CN': '选一项技能：倾听、提问、给予时间。它正在怎样成长？',
      },
    },
    {
      en: 'How can I use this to plan for the future?',
      'zh-CN': '我可以怎样用它来规划未来？',
      hint: { en: 'Think of the next weeks with your team.', 'zh-CN': '想想接下来几周你和团队要做的事。' },
    },
    {
      en: 'How can I use this to plan new learning experiences?',
      'zh-CN': '我可以怎样用它来规划新的学习体验？',
      hint: {
        en: 'What would you like to try, read or ask somebody?',
        'zh-CN': '你想尝试什么、读什么，或者向谁请教？',
      },
    },
    {
      en: 'How should I use this experience in the next session with my leadership coach?',
      'zh-CN': '在下一次与我的领导力教练会谈时，我应该怎样运用这次经历？',
      hint: {
        en: 'This becomes the agenda of your talk: what would you like help with?',
        'zh-CN': '这会成为你们谈话的议程：你希望在什么上得到帮助？',
      },
    },
  ],
} as const
